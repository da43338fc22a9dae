import { type TSchema, Type } from 'typebox'
import { type DocumentRules, documentRules } from '../documents/transitions.ts'
import { references } from './parts.ts'

const added = Type.Optional(
  Type.Record(Type.String(), Type.Array(Type.String()), {
    description: 'Keys of the parts that are new, by member: {"confirmations": ["2"]}.',
  }),
)
const moved = (entity: string, status: string) =>
  Type.Object(
    {
      from: Type.Union([Type.String(), Type.Null()]),
      to: Type.String(),
      object: Type.Record(Type.String(), Type.Unknown(), { description: 'Full snapshot.' }),
      changed: Type.Array(Type.String(), { description: 'Members that changed.' }),
      added,
      references,
      reason: Type.Optional(Type.String()),
    },
    { description: `The ${entity.replaceAll('_', ' ')} is ${status.replaceAll('_', ' ')} now.` },
  )
const changed = (entity: string) =>
  Type.Object(
    {
      status: Type.Union([Type.String(), Type.Null()]),
      object: Type.Record(Type.String(), Type.Unknown(), { description: 'Full snapshot.' }),
      changed: Type.Array(Type.String()),
      added,
      references,
      reason: Type.Optional(Type.String()),
    },
    { description: `The ${entity.replaceAll('_', ' ')} changed without a new status.` },
  )
const observed = (entity: string) =>
  Type.Object(
    {
      kind: Type.String({ description: 'illegal_transition, outdated_revision or conflicting_part.' }),
      said: Type.String(),
      status: Type.Union([Type.String(), Type.Null()]),
    },
    {
      description: `Something about the ${entity.replaceAll('_', ' ')} was said that does not fit; it was kept and not applied.`,
    },
  )

const exception = (entity: string, description: string) =>
  Type.Object(
    {
      id: Type.String({ description: 'The same as long as it is the same problem.' }),
      category: Type.String({
        description:
          'document_unsent, document_unacknowledged, document_rejected or acknowledgement_mismatch; more may come.',
      }),
      reason: Type.String({ description: 'The partner’s words, or where it hangs.' }),
      connection: Type.String({ description: 'The partner.' }),
      transmission: Type.String({ description: 'Hub id of what was sent or should be.' }),
    },
    { description: `${description} ${entity.replaceAll('_', ' ')}.` },
  )

const names: Readonly<Record<string, string>> = {
  'goods_receipt.open': 'goods_receipt.opened',
  'order.on_hold': 'order.held',
  'quality_hold.scrapped': 'quality_hold.rejected',
  'appointment.at_dock': 'appointment.checked_in',
}

/** One fact per status of every state machine, with `changed`, `identified` and `observation_recorded` beside them. */
export const documentFacts: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries(documentRules).flatMap(([entity, rules]: [string, DocumentRules]) => [
    ...statuses(rules).map(
      (status) => [names[`${entity}.${status}`] ?? `${entity}.${status}`, moved(entity, status)] as const,
    ),
    [`${entity}.changed`, changed(entity)] as const,
    [
      `${entity}.identified`,
      Type.Object({ references }, { description: `Identifiers of the ${entity.replaceAll('_', ' ')}.` }),
    ] as const,
    [`${entity}.observation_recorded`, observed(entity)] as const,
    [`${entity}.exception_opened`, exception(entity, 'Something is wrong with a document about the')] as const,
    [`${entity}.exception_resolved`, exception(entity, 'It is over: a document about the')] as const,
  ]),
)

function statuses(rules: DocumentRules): string[] {
  return [
    ...new Set([
      ...rules.first,
      ...Object.keys(rules.next),
      ...Object.values(rules.next).flat(),
      ...(rules.anytime ?? []),
    ]),
  ]
}
