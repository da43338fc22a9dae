import { Type } from 'typebox'
import { freeText } from '../../../model/fields/personal.ts'
import type { ExceptionClaim } from '../../../registry/exception-claims.ts'
import type { ShownException } from '../../../watch/exceptions/exception-rows.ts'
import { noteOf } from '../../access/audit-note.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'
import { openOnes } from './exceptions.ts'

const idsMost = 200
const ids = Type.Array(Type.String({ minLength: 3, maxLength: 300, pattern: '^[a-z_]+:' }), {
  minItems: 1,
  maxItems: idsMost,
  uniqueItems: true,
  description: `At most ${idsMost}.`,
})
const answer = {
  status: 200,
  schema: Type.Object({
    data: Type.Array(
      Type.Object({
        id: Type.String(),
        outcome: Type.String({
          enum: ['done', 'taken', 'not_taken', 'solved'],
          description:
            'done · taken: somebody else has it · not_taken: it was not theirs to give back · solved: it is not open any more.',
        }),
        by: Type.Optional(Type.String({ description: 'Name of whoever has it.' })),
      }),
      { description: 'One for each id, in their order.' },
    ),
  }),
} as const

/** Many at once. */
export const takeExceptions = defineRoute({
  method: 'POST',
  path: '/v1/exceptions/take',
  scope: 'exceptions:write',
  operationId: 'takeExceptions',
  summary: 'Take exceptions: colleagues see who works on them',
  tag: 'exceptions',
  repeatable: 'sets',
  body: Type.Object(
    {
      ids,
      takeOver: Type.Optional(Type.Boolean({ description: 'Also what somebody else has; false without it.' })),
    },
    { additionalProperties: false },
  ),
  answer,
  handle: (call) => say(call, 'taken', (claim) => call.gateway.exceptionDesk.take(claim, call.body.takeOver ?? false)),
})

/** Many at once. */
export const releaseExceptions = defineRoute({
  method: 'POST',
  path: '/v1/exceptions/release',
  scope: 'exceptions:write',
  operationId: 'releaseExceptions',
  summary: 'Give exceptions back that one has taken',
  tag: 'exceptions',
  repeatable: 'sets',
  body: Type.Object({ ids }, { additionalProperties: false }),
  answer,
  handle: (call) => say(call, 'not_taken', (claim) => call.gateway.exceptionDesk.release(claim)),
})

/** Many at once. */
export const acknowledgeExceptions = defineRoute({
  method: 'POST',
  path: '/v1/exceptions/acknowledge',
  scope: 'exceptions:write',
  operationId: 'acknowledgeExceptions',
  summary: 'Say that exceptions are known and why they may stay open; they stay in the list until they are solved',
  tag: 'exceptions',
  repeatable: 'sets',
  body: Type.Object(
    {
      ids,
      note: freeText(Type.String({ minLength: 3, maxLength: 1000, description: 'For colleagues and the audit log.' })),
    },
    { additionalProperties: false },
  ),
  answer,
  handle: (call) => say(call, 'taken', (claim) => call.gateway.exceptionDesk.acknowledge(claim, call.body.note)),
})

async function say(
  call: Call,
  refused: 'not_taken' | 'taken',
  act: (claim: ExceptionClaim) => Promise<ReadonlySet<string>>,
): Promise<Answer> {
  const wanted = (call.body as { readonly ids: readonly string[] }).ids
  const { tenant, key: by, name } = call.principal
  const open = new Map((await openOnes(call, wanted)).map((one) => [one.id, one]))
  const { ids: _, ...after } = call.body as { readonly ids: readonly string[] }
  const about = [...open.values()].map(({ id, since }) => ({ id, since }))
  const audit = noteOf(call, { after: { ...after, by: name } })
  const done = about.length === 0 ? new Set<string>() : await act({ tenant, about, by, name, audit })
  return { body: { data: wanted.map((id) => outcomeOf(id, open.get(id), done, refused)) } }
}

function outcomeOf(
  id: string,
  open: ShownException | undefined,
  done: ReadonlySet<string>,
  refused: 'not_taken' | 'taken',
): Readonly<Record<string, unknown>> {
  if (open === undefined) return { id, outcome: 'solved' }
  if (done.has(id)) return { id, outcome: 'done' }
  return { id, outcome: refused, ...(open.taken === undefined ? {} : { by: open.taken.name }) }
}
