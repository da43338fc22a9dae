import { type TSchema, Type } from 'typebox'
import { documentStatuses } from '../code-lists/document-status.ts'
import { exceptionCategories } from '../code-lists/exception-category.ts'
import { documentFactName } from '../documents/names.ts'
import { type DocumentEntity, documentRules } from '../documents/transitions.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { decimal } from '../fields/decimal.ts'
import { flag } from '../fields/flag.ts'
import { hubId } from '../fields/hub-id.ts'
import { several } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { references } from './parts/reference.ts'

const status = Type.Union([Type.String(), Type.Null()], {
  description: 'Where the object stands, see its lifecycle. null: nobody has said.',
})
const change = {
  object: Type.Record(Type.String(), Type.Unknown(), {
    description: 'The whole object as it is now: every member that anybody ever told, with its newest value.',
  }),
  changed: several('Names of the members that are not what they were before.', text('One name.')),
  before: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'What members that changed and are text said before. Absent: none of them is.',
    }),
  ),
  added: Type.Optional(
    Type.Record(Type.String(), several('Keys of the new ones.', text('One key.')), {
      description:
        'Of members that hold parts, like the confirmations of a delivery: the keys that are new, as in {"confirmations": ["2"]}. Absent: no part is new.',
    }),
  ),
  references: references('All numbers and names under which the object is known.'),
  reason: Type.Optional(freeText(text('Why, in the words of whoever reported it. Absent: nobody said.'))),
}
const moved = {
  from: Type.Union([Type.String(), Type.Null()], {
    description: 'Where the object stood before, see its lifecycle. null: the hub did not know it, or nobody had said.',
  }),
  to: text('Where it stands now, see its lifecycle.'),
  ...change,
}
const nameOf = (entity: DocumentEntity, what: string): string =>
  entity === 'freight_invoice' ? `freight_invoice_${what}` : what
/** What changed of an object of this kind. */
const changeOf = (entity: DocumentEntity) => (entity === 'freight_invoice' ? { ...change, linesBefore } : change)
const linesBefore = Type.Optional(
  Type.Array(Type.Unknown(), {
    description:
      'Its lines as they were, where they changed: they say for which loads it was. Absent: they are the same.',
  }),
)
const observed = {
  kind: code('What does not fit.', {
    name: 'observation_kind',
    values: {
      illegal_transition: 'The lifecycle has no such step.',
      outdated_revision: 'A newer revision is known.',
      conflicting_part: 'A part with this key is known, and it says something else.',
    },
  }),
  said: text('What was reported: the status, the revision, or member and key of the part.'),
  told: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description:
        'The part as it was told, like the lines of a confirmation with their quantities. Absent: it is no part.',
    }),
  ),
  status,
}

const differing = {
  differences: several(
    'Items on which the documents do not agree, the first hundred.',
    record('One item.', {
      kind: code('What does not agree.', {
        name: 'document_difference',
        values: {
          over: 'More than the other document says.',
          short: 'Less than the other document says, and no part of it is still on its way.',
          damaged: 'The receiver says that it came damaged.',
          rejected: 'The receiver did not accept it.',
          price: 'Another price than was ordered.',
          not_ordered: 'Nobody ordered it.',
          announced_over: 'The supplier announces more than was ordered.',
          announced_unordered: 'The supplier announces something that was not ordered.',
          announced_twice:
            'The supplier announces it a second time: under a number that stands for another notice, or in a package that another notice has.',
          shipped_over: 'More left the warehouse than the delivery asks for.',
          shipped_unordered: 'Something left the warehouse that the delivery does not ask for.',
          unit: 'The two count in different units, so that nobody can tell.',
        },
      }),
      sku: text('Number of the item.'),
      expected: decimal('What was shipped or ordered: a quantity, or a price.'),
      said: decimal('What the other document says.'),
      uom: Type.Optional(text('Unit of both, UN/ECE Recommendation 20. Absent: prices, or nobody said.')),
    }),
  ),
  count: count('How many items there are, also those beyond the first hundred.'),
}
const trouble = {
  id: text('Hub id of the exception. The same trouble with the same document keeps it.'),
  category: code('What kind of trouble it is.', exceptionCategories),
  reason: freeText(text('The partner’s words, or where it hangs; when it is over, what ended it.')),
  connection: Type.Optional(text('Id of the connection to the partner. Absent: documents of the object differ.')),
  transmission: Type.Optional(
    hubId('The document that was sent or should be. Absent: documents of the object differ.', 'trm'),
  ),
}

const receiptDifference: [string, TSchema] = [
  'goods_receipt.discrepancy_detected',
  part(
    'difference',
    'What came is not what was ordered or announced. Written by the hub, where the process procure-to-receive is on, before anything is booked: a person decides.',
    differing,
  ),
]

const disputed = {
  invoiceNumber: text('Number that the carrier gave to the invoice.'),
  carrier: text('Who asks for the money, by the code of the carrier.'),
}
const disputeFacts: [string, TSchema][] = [
  [
    'freight_invoice.dispute_resolved',
    part(
      'dispute_end',
      'A dispute about an invoice of a carrier ended. Written by the hub when a document of the carrier, his word or a person ends it.',
      {
        ...disputed,
        load: text('The load that was in doubt, by the number that freight settlement knows it by.'),
        resolution: code('How it ended.', {
          name: 'dispute_outcome',
          values: {
            carrier_credit: 'The carrier gives in: by a credit note, a corrected invoice or his word.',
            paid_in_full: 'All of it is paid after all.',
            split: 'Both sides bear a part.',
            refused: 'The carrier gets what was put aside, or nothing.',
            withdrawn: 'The objection was dropped.',
          },
        }),
        pay: decimal('What is paid for the load.'),
        currency: Type.Optional(text('In which money, ISO 4217. Absent: nobody said.')),
        creditNote: Type.Optional(text('Number of the credit note by which it ended. Absent: by none.')),
        isReplaced: Type.Optional(flag('Whether a corrected invoice takes its place. Absent: no.')),
      },
    ),
  ],
  [
    'freight_invoice.dispute_responded',
    part(
      'dispute_answer',
      'A carrier answered an objection to his invoice. Written by the hub with each answer that is reported.',
      {
        ...disputed,
        id: text('Number of the answer.'),
        loads: several('The loads that it is about. Empty: nobody objected to the invoice yet.', text('One load.')),
        answer: code('What he says.', {
          name: 'dispute_reply',
          values: {
            accepted: 'He agrees.',
            partially_accepted: 'He asks for less, and not for as little as was agreed.',
            rejected: 'He insists.',
          },
        }),
        amount: Type.Optional(decimal('By how much he asks for less. Absent: he does not say.')),
        text: Type.Optional(freeText(text('Why, in his words.'))),
        references: change.references,
      },
    ),
  ],
]

/** One fact per status of every state machine, with `changed` and `observation_recorded` beside them. */
export const documentFacts: Readonly<Record<string, TSchema>> = Object.fromEntries(
  (Object.keys(documentRules) as DocumentEntity[]).flatMap((entity) => {
    const name = entity.replaceAll('_', ' ')
    return [
      ...statusFacts(entity),
      [
        `${entity}.changed`,
        part(
          nameOf(entity, 'object_change'),
          `Members of the ${name} changed and its status did not. Written by the hub when a report of a newer revision says something else than before.`,
          { status, ...changeOf(entity) },
        ),
      ],
      [
        `${entity}.observation_recorded`,
        part(
          'observation',
          `Something was said about the ${name} that does not fit what is known. Written by the hub instead of following it: nothing else changed.`,
          observed,
        ),
      ],
      [
        `${entity}.exception_opened`,
        part(
          'document_trouble',
          `Something is wrong with a document about the ${name} that a partner got or should get. Written by the hub when the document cannot be written, is refused, is not answered in time, or is answered oddly, and when documents of the object do not agree.`,
          trouble,
        ),
      ],
      [
        `${entity}.exception_resolved`,
        part(
          'document_trouble',
          `Nothing is wrong any more with a document about the ${name}. Written by the hub when it is sent again or answered, a person closes it, or the documents agree.`,
          trouble,
        ),
      ],
    ]
  }),
)

/** Several statuses may share a name; then the fact says so. */
function statusFacts(entity: DocumentEntity): [string, TSchema][] {
  const name = entity.replaceAll('_', ' ')
  const byType = Map.groupBy(Object.entries<string>(documentStatuses[entity]), ([to]) => documentFactName(entity, to))
  const facts = [...byType].map(([type, reached]): [string, TSchema] => {
    const what = reached.map(([to, meaning]) => `${to}: ${meaning}`).join(' Or ')
    const written = `The ${name} reached the status ${what} Written by the hub when a report takes it there from another status.`
    return [type, part(nameOf(entity, 'status_change'), written, { ...moved, ...changeOf(entity) })]
  })
  if (entity === 'purchase_order')
    return [...facts, ...differenceFacts(entity, 'announces or invoices what was not ordered so')]
  if (entity === 'freight_invoice') return [...facts, ...disputeFacts]
  if (entity === 'goods_receipt') return [...facts, receiptDifference]
  if (entity !== 'delivery') return facts
  const reversed =
    'The goods issue of the delivery was taken back: it is staged again. Written by the hub when a report takes it from goods_issued to staged.'
  return [
    ...facts,
    ['delivery.goods_issue_reversed', part('status_change', reversed, moved)],
    ...differenceFacts(entity, 'was received otherwise than it was shipped'),
  ]
}

function differenceFacts(entity: 'delivery' | 'purchase_order', what: string): [string, TSchema][] {
  const [about, compared] =
    entity === 'delivery'
      ? [`Of the delivery something ${what}.`, 'a receipt of the customer and a confirmation of the warehouse']
      : [`A supplier ${what}.`, 'a notice or an invoice of a supplier and the lines of the order']
  return [
    [
      `${entity}.discrepancy_detected`,
      part('difference', `${about} Written by the hub when ${compared} are known and do not agree.`, differing),
    ],
    [
      `${entity}.discrepancy_resolved`,
      part(
        'difference',
        `Documents of the ${entity.replaceAll('_', ' ')} that did not agree on an item do so now. Written by the hub when another document brings them together.`,
        differing,
      ),
    ],
  ]
}
