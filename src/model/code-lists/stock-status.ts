import type { CodeList } from '../fields/code.ts'

/** What may be done with stock. Every unit has exactly one of these; only `available` is promised to anybody. */
export const stockStatuses: CodeList = {
  name: 'stock_status',
  values: {
    available: 'It may be sold and used.',
    quality_hold: 'It waits for a decision about its quality.',
    damaged: 'It is broken, or its packaging is, and cannot be sold as new.',
    blocked: 'It may not be used, for a reason other than quality.',
    expired: 'Its shelf life is over.',
    returned_pending: 'A customer sent it back and nobody has looked at it.',
  },
}
