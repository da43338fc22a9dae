import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { instant } from '../fields/instant.ts'
import { freeText } from '../fields/personal.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { meta } from './parts/meta.ts'
import { quantity } from './parts/quantity.ts'
import { partialStockKey } from './parts/stock-key.ts'

const dispositions = {
  name: 'hold_disposition',
  values: {
    use_as_is: 'It may be used.',
    rework: 'It is repaired first.',
    scrap: 'It is destroyed.',
    return_to_vendor: 'It goes back to the supplier.',
  },
}

/** Stock that may not be used until somebody decides. */
export const qualityHoldObject = record('Stock that may not be used until somebody decides about it.', {
  ...meta('qhd'),
  key: partialStockKey('Which stock. What is absent may be anything: a hold on a lot holds it everywhere.'),
  quantity: quantity('How much of it.'),
  reason: freeText(text('Why it is held, in the words or code of whoever placed the hold.', 500)),
  status: code('How far the decision has come.', statusesOf('quality_hold')),
  placedAt: instant('Since when it may not be used.'),
  decision: Type.Optional(
    record('What was decided. Absent: nothing yet.', {
      by: text('Person or system that decided.', 120),
      at: instant('When it was decided.'),
      disposition: code('What happens to the stock.', dispositions),
    }),
  ),
})
