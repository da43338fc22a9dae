import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { say as common } from '../../words/words.ts'
import type { ShipmentPage } from './page.ts'
import { say } from './words.ts'

/** The work: how far it is, and how old the news is. Silence shows. */
export function Execution({ shipment }: { readonly shipment: ShipmentPage }) {
  const { progress, lastEventAt, lastEventReceivedAt, deliveryAttempts, proofsOfDelivery, signedBy } = shipment
  return (
    <Section title={say('execution')}>
      <Facts
        rows={[
          [common('field.status'), <Status key="status" code={shipment.status} />],
          [
            say('packages'),
            progress.total === 0
              ? common('common.unknown')
              : say('execution.packages', { delivered: progress.delivered, total: progress.total }),
          ],
          [say('execution.attempts'), deliveryAttempts === 0 ? '' : String(deliveryAttempts)],
          [say('execution.proofs'), String(proofsOfDelivery)],
          [say('execution.signed'), signedBy],
          [
            say('execution.silent'),
            <span key="silent">
              <When at={lastEventAt} />
              {lastEventReceivedAt === undefined ? null : (
                <small>
                  {' '}
                  (<When at={lastEventReceivedAt} />)
                </small>
              )}
            </span>,
          ],
        ]}
      />
      {shipment.unmappedEvents === 0 ? null : <p>{say('execution.unmapped', { count: shipment.unmappedEvents })}</p>}
    </Section>
  )
}
