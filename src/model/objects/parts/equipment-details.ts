import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { decimal } from '../../fields/decimal.ts'
import { flag } from '../../fields/flag.ts'
import { instant } from '../../fields/instant.ts'
import { list } from '../../fields/list.ts'
import { freeText } from '../../fields/personal.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

const place = (meaning: string) =>
  Type.Optional(
    part('port', meaning, {
      name: Type.Optional(text('What its sender calls it.', 200)),
      country: Type.Optional(text('ISO 3166-1 alpha-2.', 2)),
      unlocode: Type.Optional(text('UN/LOCODE. Absent: it was told by name only.', 5)),
    }),
  )

/** Ports, and the places before and behind them. */
export const ports = part('ports', 'Where it goes by ship. Absent members were not told.', {
  load: place('Where it is loaded on the ship.'),
  discharge: place('Where it is taken off the ship.'),
  receipt: place('Where the carrier takes it over.'),
  delivery: place('Where the carrier hands it out.'),
})

/** The last moments for a voyage. */
export const cutOffs = part('cut_offs', 'Until when what must be there. Absent members were not told.', {
  closing: Type.Optional(instant('The voyage closes.')),
  laden: Type.Optional(instant('Laden containers are taken at the gate until then.')),
  verifiedGrossMass: Type.Optional(instant('The verified gross mass must be told until then.')),
  dangerousGoods: Type.Optional(instant('Dangerous goods are taken until then.')),
  reefer: Type.Optional(instant('Cooled containers are taken until then.')),
  outOfGauge: Type.Optional(instant('What sticks out of its container is taken until then.')),
})

/** What is known of a container or trailer besides its number. */
export const equipmentDetails = {
  isEmpty: Type.Optional(flag('Yes: nothing is in it. Absent: not said.')),
  seals: Type.Optional(list('What is written on its seals.', text('One seal.', 30), 20)),
  tareGrams: Type.Optional(decimal('What it weighs itself, grams.')),
  grossGrams: Type.Optional(decimal('What it weighs with the goods, grams, as somebody stated it.')),
  verifiedGross: Type.Optional(
    part('verified_gross_mass', 'Its verified gross mass (SOLAS VI/2).', {
      grams: decimal('The mass, grams.'),
      method: Type.Optional(
        code('How it was found out. Absent: not said.', {
          name: 'verified_gross_mass_method',
          values: {
            weighed: 'The packed container was weighed.',
            calculated: 'Container, goods and packing were added up.',
          },
        }),
      ),
      party: Type.Optional(freeText(text('Who answers for it: a code, else a name.', 100))),
      at: Type.Optional(text('When it was found out; without an offset where no zone is known.', 40)),
    }),
  ),
  ports: Type.Optional(ports),
}
