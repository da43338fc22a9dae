import { type TSchema, Type } from 'typebox'
import type { Retired } from '../../../backbone/retention.ts'
import { defineRoute } from '../../route.ts'

const days = (description: string) =>
  Type.Union([Type.Integer(), Type.Null()], { description: `${description} Null: for ever.` })
/** Absent for tenants that do not run the hub: it says how much others have. */
const ofTheHub = <T extends TSchema>(schema: T) => Type.Optional(schema)
const due = (description: string) => Type.Integer({ description })

export const readRetention = defineRoute({
  method: 'GET',
  path: '/v1/retention',
  scope: 'accounting:read',
  operationId: 'readRetention',
  summary: 'How long everything is kept, since when it is there, what goes next, and what is held although it is old',
  tag: 'accounting',
  answer: {
    status: 200,
    schema: Type.Object({
      keepDays: Type.Object({
        messages: days('Raw messages, with their identities and corrections.'),
        facts: days('Facts.'),
        effects: days('Settled effects with their attempts; their natural keys stay.'),
        replays: days('Replays that are over.'),
        audit: days('The audit log.'),
      }),
      oldest: ofTheHub(
        Type.Object(
          { messages: Type.Optional(Type.String()), facts: Type.Optional(Type.String()) },
          { description: 'Oldest day that is there, in UTC.' },
        ),
      ),
      due: ofTheHub(
        Type.Object(
          {
            messages: due('Days of messages.'),
            facts: due('Days of facts.'),
            identities: due('Quarters of identities.'),
            effects: due('Settled effects, at most 200,000 at once.'),
            lanes: due('Queues that are empty without them.'),
          },
          { description: 'Old enough and needed by nobody: goes with the next upkeep, which runs every hour.' },
        ),
      ),
      held: ofTheHub(
        Type.Array(
          Type.Object({
            kind: Type.String({ description: 'messages, facts or identities.' }),
            day: Type.String({ description: 'The day, or the first one of the quarter.' }),
            reason: Type.String(),
          }),
          { description: 'Old enough, and needed by somebody.' },
        ),
      ),
    }),
  },
  handle: async ({ gateway }) => {
    const { keepDays, retired } = await gateway.retention()
    const ever = (count: number): number | null => (count === 0 ? null : count)
    return {
      body: {
        keepDays: {
          messages: keepDays.messages,
          facts: ever(keepDays.facts),
          effects: ever(keepDays.effects),
          replays: keepDays.replays,
          audit: ever(keepDays.audit),
        },
        ...(retired === undefined ? {} : shownRetired(retired)),
      },
    }
  },
})

function shownRetired({ messages, facts, identities, effects, lanes, held, oldest }: Retired): object {
  return { oldest, due: { messages, facts, identities, effects, lanes }, held }
}
