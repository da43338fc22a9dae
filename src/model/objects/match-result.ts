import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { decimal } from '../fields/decimal.ts'
import { list } from '../fields/list.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { money } from './parts/money.ts'

const outcomes = {
  name: 'match_outcome',
  values: {
    exact: 'To the cent.',
    within_tolerance: 'Close enough to be paid.',
    over: 'The carrier asks for too much.',
    under: 'The carrier asks for less than was agreed.',
    no_accrual: 'Nothing was put aside for it.',
    no_contract: 'Nothing was agreed.',
    duplicate: 'It was asked for before.',
    currency_mismatch: 'It is in another currency, and nobody named a rate.',
  },
}
const proofs = {
  name: 'service_proof',
  values: {
    pod: 'A proof of delivery.',
    delivered_event: 'The carrier’s scan, nothing more.',
    none: 'Nothing.',
  },
}

/** What was agreed, put aside and asked for, side by side. */
export function matchResult(meaning: string) {
  return part('match_result', meaning, {
    contracted: money('What it costs by contract.'),
    accrued: money('What was put aside for it.'),
    invoiced: money('What the carrier asks for; without tax where none was put aside.'),
    tax: Type.Optional(money('The tax that the carrier asks for besides. Absent: none, or it is compared, too.')),
    total: Type.Optional(money('What the carrier asks for with that tax. Absent: there is none.')),
    variance: money('What the carrier asks for, less what was put aside. Negative: it asks for less.'),
    variancePct: decimal('The variance in per cent of what was put aside.'),
    outcome: code('What the comparison says.', outcomes),
    rule: text('Name of the tolerance that decided.', 60),
    byCharge: list(
      'The same, charge by charge.',
      record('One kind of charge.', {
        code: text('Which kind of charge: linehaul, fuel.', 60),
        accrued: Type.Optional(money('What was put aside for it. Absent: nothing was.')),
        invoiced: Type.Optional(money('What the carrier asks for it. Absent: nothing.')),
        variance: money('What is asked for, less what was put aside.'),
      }),
      1000,
    ),
    serviceProof: Type.Optional(code('What proves that the transport happened. Absent: not looked for.', proofs)),
  })
}

/** The comparison by itself, as it is published. */
export const matchResultObject = matchResult(
  'What was agreed, put aside and asked for one transport, side by side. Computed by the hub; every run is kept.',
)
