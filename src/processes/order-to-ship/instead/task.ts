import type { TaskDefinition } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import { deliveryHere } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { isAsked } from '../short-pick.ts'
import { openLines, triedHere } from './choice.ts'
import { optionsOf } from './options.ts'

const place = {
  name: 'location',
  label: 'From which place; that with the most of it without',
  kind: 'text',
  isOptional: true,
} as const

/** Asked of the order desk where no policy decides, or the policy has not helped. */
export const shortPickTask: TaskDefinition<Known> = {
  about: 'A warehouse has picked less than it should.',
  role: 'order-desk',
  when: isAsked,
  question: (scope) =>
    `The warehouse of delivery ${scope.branchKey} of order ${scope.known.number} did not find ${openLines(scope)
      .map(({ quantity, uom, sku }) => `${quantity} ${uom} ${sku}`)
      .join(', ')}. What becomes of the rest?`,
  evidence: (scope) => ({
    shorts: openLines(scope),
    options: optionsHere(scope),
    tried: triedHere(scope),
    reservations: scope.known.reservations,
  }),
  objects: (scope) => [deliveryHere(scope)?.subject ?? scope.known.order],
  due: (scope) => scope.after(scope.since, 240, 'shortPickMinutes'),
  decisions: [
    {
      name: 'backorder',
      label: 'Ship the rest later',
      consequence: 'It gets a delivery of its own when stock has it.',
    },
    {
      name: 'cancel_remainder',
      label: 'Cancel the rest',
      consequence: 'Nothing more of it is shipped; what stock holds of it is given back.',
    },
    {
      name: 'substitute',
      label: 'Ship another item',
      consequence:
        'It is held, and gets a delivery of its own; the order says so. Where stock does not have it, you are asked again.',
      fields: [
        { name: 'item', label: 'Which item; the first of the options without', kind: 'text', isOptional: true },
        place,
        { name: 'unitPrice', label: 'Price of one of it; what was agreed without', kind: 'amount', isOptional: true },
        { name: 'currency', label: 'In which money', kind: 'text', isOptional: true },
      ],
    },
    {
      name: 'other_node',
      label: 'Ship from another place',
      consequence:
        'It is held there, and gets a delivery of its own. Where stock does not have it, you are asked again.',
      fields: [place],
    },
  ],
}

function optionsHere(scope: Scope<Known>): readonly object[] {
  return openLines(scope).flatMap((short) =>
    optionsOf(scope, short).map(
      ({ way, lineNo, sku, quantity, uom, location, free, isAgreed, unitPrice, currency }) => ({
        ...{ way, line: lineNo, item: sku, quantity, uom },
        ...{ location: location ?? '', free: free ?? '', agreed: isAgreed ? 'yes' : 'nobody has said' },
        ...(way === 'substitute'
          ? { price: unitPrice === undefined ? 'not known' : `${unitPrice} ${currency ?? ''}`.trim() }
          : {}),
      }),
    ),
  )
}
