import { Type } from 'typebox'
import { codeUnknown, type Wait } from '../../../backbone/step.ts'
import { readCodeKey } from '../../../model/codes/code-key.ts'
import type { TaskState } from '../../../model/task/state.ts'
import { type Call, defineRoute } from '../../route.ts'

const waitsRead = 5000
const codesShown = 200
const tasksRead = 1000

/** One line for a code, however many messages wait for it. */
export const listUnknownCodes = defineRoute({
  method: 'GET',
  path: '/v1/unknown-codes',
  scope: 'master-data:read',
  operationId: 'listUnknownCodes',
  summary: `Codes that nobody has translated, with how many messages each of them holds up: those that wait longest first, at most ${codesShown}`,
  tag: 'master data',
  query: Type.Object(
    { system: Type.Optional(Type.String({ maxLength: 100, description: 'Only codes of this system.' })) },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          kind: Type.String({ description: 'item, uom, location, party, carrier or service.' }),
          system: Type.String(),
          qualifier: Type.Optional(Type.String({ description: 'What the code depends on there: the carrier.' })),
          code: Type.String(),
          waiting: Type.Integer({ description: 'Messages that it holds up.' }),
          since: Type.String({ description: 'RFC 3339.' }),
          connections: Type.Array(Type.String()),
          messages: Type.Array(Type.String(), { description: 'The first of them.' }),
          task: Type.Optional(Type.String({ description: 'Hub id of the question what it means.' })),
          proposals: Type.Array(Type.Object({ canonicalId: Type.String(), why: Type.String() })),
        }),
      ),
      truncated: Type.Boolean({ description: 'More codes are unknown than are shown.' }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, query } = call
    const all = await gateway.backbone.waits(codeUnknown, waitsRead)
    const own = all
      .filter(({ tenant }) => tenant === principal.tenant)
      .map((wait) => ({ wait, code: readCodeKey(wait.key) }))
      .filter(({ code }) => query.system === undefined || code.system === query.system)
    const questions = own.length === 0 ? new Map<string, Question>() : await questionsOf(call)
    const data = own.slice(0, codesShown).map(({ wait, code }) => shown(wait, code, questions.get(nameOf(code))))
    return { body: { data, truncated: own.length > codesShown || all.length === waitsRead } }
  },
})

interface Question {
  readonly task: string
  readonly proposals: readonly { readonly canonicalId: string; readonly why: string }[]
}

/** What the question says of the code. */
interface Evidence extends Pick<Named, 'kind' | 'system'>, Pick<Question, 'proposals'> {
  readonly qualifier?: string
  readonly code: string
}

type Named = Pick<ReturnType<typeof readCodeKey>, 'kind' | 'system' | 'qualifier' | 'value'>

/** Open questions about codes, by the name of the code. */
async function questionsOf({ gateway, principal }: Call): Promise<ReadonlyMap<string, Question>> {
  const tasks = await gateway.tasks.list({
    tenant: principal.tenant,
    name: 'map-code',
    state: 'open',
    limit: tasksRead,
  })
  const states = await gateway.backbone.states(tasks.map(({ id }) => id))
  return new Map(
    [...states].flatMap(([task, { body }]): [string, Question][] => {
      const evidence = (JSON.parse(body) as TaskState).request?.evidence as Evidence | undefined
      if (evidence === undefined) return []
      const { kind, system, qualifier = '', code, proposals } = evidence
      return [[nameOf({ kind, system, qualifier, value: code }), { task, proposals }]]
    }),
  )
}

function nameOf({ kind, system, qualifier, value }: Named): string {
  return JSON.stringify([kind, system, qualifier, value])
}

function shown(
  { count, since, connections, messages }: Wait,
  { kind, system, qualifier, value }: Named,
  question: Question | undefined,
): object {
  return {
    kind,
    system,
    code: value,
    ...(qualifier === '' ? {} : { qualifier }),
    waiting: count,
    since: new Date(since).toISOString(),
    connections,
    messages,
    ...(question === undefined ? {} : { task: question.task }),
    proposals: question?.proposals ?? [],
  }
}
