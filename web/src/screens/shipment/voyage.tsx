import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import type { ShipmentPage } from './page.ts'
import { say } from './words.ts'

type Port = NonNullable<ShipmentPage['ports']>['load']

/** Where it goes by ship, and until when what must be there. */
export function Voyage({ shipment: { ports, cutOffs } }: { readonly shipment: ShipmentPage }) {
  if (ports === undefined && cutOffs === undefined) return null
  const limits = ['closing', 'laden', 'verifiedGrossMass', 'dangerousGoods', 'reefer', 'outOfGauge'] as const
  const places = ['receipt', 'load', 'discharge', 'delivery'] as const
  return (
    <Section title={say('voyage')}>
      <Facts
        rows={[
          ...places.map((one) => [say(`voyage.${one}`), nameOf(ports?.[one])] as const),
          ...limits.map((one) => {
            const at = cutOffs?.[one]
            return [say(`voyage.${one}`), at === undefined ? '' : <When key={one} at={at} />] as const
          }),
        ]}
      />
    </Section>
  )
}

function nameOf(port: Port): string {
  return [port?.name, port?.unlocode ?? port?.country].filter((one) => one !== undefined).join(' · ')
}
