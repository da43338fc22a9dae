import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { say as common, locale, plain } from '../../words/words.ts'
import type { ShipmentPage } from './page.ts'
import { say } from './words.ts'

type Container = NonNullable<ShipmentPage['equipment']>[number]
type Scan = ShipmentPage['events'][number]

/** Its containers and trailers, each with what was read off it, weighed, and heard of it last. */
export function Containers({ shipment: { equipment, events } }: { readonly shipment: ShipmentPage }) {
  if (equipment === undefined || equipment.length === 0) return null
  return (
    <Section title={say('containers')}>
      <ul className="plain-list">
        {equipment.map((one, index) => (
          <li key={one.number ?? `${one.kind} ${index}`}>
            <strong>{one.number ?? say('containers.unnumbered', { count: one.quantity ?? '1' })}</strong>
            <OneContainer container={one} last={lastOf(one, events)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What nobody has told is unknown; of containers that have no number yet nothing of this can be known. */
function OneContainer({ container, last }: { readonly container: Container; readonly last: Scan | undefined }) {
  const { number, kind, isEmpty, seals, grossGrams, verifiedGross } = container
  const known = (value: string | undefined): string => value ?? (number === undefined ? '' : common('common.unknown'))
  return (
    <Facts
      rows={[
        [say('containers.kind'), known(kind)],
        [say('containers.filling'), known(filling(isEmpty))],
        [say('containers.seals'), known(seals?.join(', '))],
        [say('containers.gross'), known(kilograms(grossGrams))],
        [say('containers.verified'), known(kilograms(verifiedGross?.grams))],
        [say('containers.move'), last === undefined ? known(undefined) : <Heard key="last" scan={last} />],
      ]}
    />
  )
}

function Heard({ scan }: { readonly scan: Scan }) {
  const place = scan['place']
  return (
    <>
      {plain(scan.code)} {typeof place === 'string' ? `· ${place} ` : ''}
      <When at={scan.sortedAt} />
    </>
  )
}

function lastOf({ number }: Container, events: readonly Scan[]): Scan | undefined {
  const own = events.filter((one) => number !== undefined && one['equipment'] === number)
  return own.toSorted((a, b) => (a.sortedAt < b.sortedAt ? 1 : -1))[0]
}

function filling(isEmpty: boolean | undefined): string | undefined {
  return isEmpty === undefined ? undefined : say(isEmpty ? 'containers.empty' : 'containers.laden')
}

/** Only for show: what is calculated stays a decimal. */
function kilograms(grams: string | undefined): string | undefined {
  const shown = { style: 'unit', unit: 'kilogram', maximumFractionDigits: 3 } as const
  return grams === undefined ? undefined : (Number(grams) / 1000).toLocaleString(locale(), shown)
}
