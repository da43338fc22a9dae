import { Type } from 'typebox'
import { money } from './parts.ts'

/** Contract, accrual and invoice side by side. */
export const matchResultObject = Type.Object(
  {
    contracted: money,
    accrued: money,
    invoiced: money,
    variance: money,
    variancePct: Type.String({ description: 'Variance in percent. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    outcome: Type.String({
      description:
        'Outcome. Known: exact, within_tolerance, over, under, no_accrual, no_contract, duplicate, currency_mismatch.',
    }),
    rule: Type.String({ description: 'Rule.' }),
    byCharge: Type.Array(
      Type.Object({
        code: Type.String({ description: 'Code.' }),
        accrued: Type.Optional(money),
        invoiced: Type.Optional(money),
        variance: money,
      }),
      { description: 'By charge.' },
    ),
    serviceProof: Type.Optional(Type.String({ description: 'Service proof. Known: pod, delivered_event, none.' })),
  },
  { description: 'Contract, accrual and invoice side by side.' },
)
