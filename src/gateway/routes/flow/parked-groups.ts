import { Type } from 'typebox'
import { freeText } from '../../../model/fields/personal.ts'
import { nextActionOf } from '../../problem.ts'
import { defineRoute } from '../../route.ts'

const groupsMost = 200

/** One line for a cause, however many messages it holds up. */
export const listParkedGroups = defineRoute({
  method: 'GET',
  path: '/v1/parked-groups',
  scope: 'parked:read',
  operationId: 'listParkedGroups',
  summary: `Parked messages by cause and connection, the most first, at most ${groupsMost}: how many on which day, one of them, and what released the same cause last`,
  tag: 'parked',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          code: Type.String({ description: 'Why, such as MAP_FAILED.' }),
          connection: Type.String(),
          count: Type.Integer(),
          waiting: Type.Integer({ description: 'Of these, how many wait for another message and not for a person.' }),
          since: Type.String({ description: 'When the first of them was parked, RFC 3339.' }),
          newest: Type.String({ description: 'When the last of them was.' }),
          sample: Type.String({ description: 'One of the newest.' }),
          detail: freeText(Type.String({ description: 'What is wrong with that one.' })),
          days: Type.Record(Type.String(), Type.Integer(), {
            description: 'How many of them were parked on each of the last 14 days, by date in UTC.',
          }),
          nextAction: Type.String(),
          lastRelease: Type.Optional(
            Type.Object(
              { by: Type.String(), at: Type.String(), done: Type.Integer() },
              { description: 'Who let go the same cause last, as a whole, and how many messages that was.' },
            ),
          ),
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal }) => {
    const groups = await gateway.parkedGroups.list(principal.tenant, groupsMost)
    const at = (ms: number): string => new Date(ms).toISOString()
    const data = groups.map(({ since, newest, lastRelease, ...group }) => ({
      ...group,
      since: at(since),
      newest: at(newest),
      nextAction: nextActionOf(group.code),
      ...(lastRelease === undefined ? {} : { lastRelease: { ...lastRelease, at: at(lastRelease.at) } }),
    }))
    return { body: { data } }
  },
})
