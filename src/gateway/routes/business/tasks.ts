import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText, gathered } from '../../../model/fields/personal.ts'
import { fieldKinds, fieldsOf } from '../../../model/task/field.ts'
import type { TaskState } from '../../../model/task/state.ts'
import { type TaskRow, taskOrders } from '../../../views/tasks.ts'
import { page, pageQuery, pageSchema, readPage, sortQuery } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

const row = {
  id: Type.String({ description: 'Hub id.' }),
  name: Type.String({ description: 'What kind of task it is: resolve-refusal, map-code.' }),
  role: Type.String({ description: 'Who has to decide.' }),
  escalateTo: Type.Optional(Type.String({ description: 'Who has to look at it, too, once it is late.' })),
  state: Type.String({ description: 'open, completed or obsolete; more may come.' }),
  overdue: Type.Boolean({ description: 'It was not decided in time.' }),
  assignee: Type.Optional(Type.String({ description: 'Who has taken it.' })),
  origin: Type.Optional(Type.String({ description: 'Hub id of the object that waits for the answer.' })),
  objects: Type.Array(Type.String({ description: 'Hub id.' }), { description: 'What it is about.' }),
  question: freeText(Type.String()),
  decision: Type.Optional(Type.String({ description: 'What was decided; `obsolete` when it became needless.' })),
  dueAt: Type.Optional(Type.String({ description: 'RFC 3339.' })),
  openedAt: Type.String({ description: 'RFC 3339.' }),
}

/** Reads the view. */
export const listTasks = defineRoute({
  method: 'GET',
  path: '/v1/tasks',
  scope: 'tasks:read',
  operationId: 'listTasks',
  summary: 'What people have to decide, the first that is due first or in another order',
  tag: 'tasks',
  query: Type.Object(
    {
      ...pageQuery,
      role: Type.Optional(
        Type.String({ maxLength: 60, description: 'Who has to decide, or has to look since it is late.' }),
      ),
      state: Type.Optional(
        Type.String({ enum: ['open', 'completed', 'obsolete', 'all'], description: 'Without it open ones.' }),
      ),
      assignee: Type.Optional(Type.String({ maxLength: 120, description: 'Who has taken it.' })),
      overdue: Type.Optional(Type.String({ enum: ['true', 'false'], description: 'Open and not decided in time.' })),
      object: Type.Optional(Type.String({ maxLength: 60, description: 'Hub id of something that it is about.' })),
      name: Type.Optional(Type.String({ maxLength: 60, description: 'What kind of task it is.' })),
      sort: sortQuery(taskOrders, 'dueAt'),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(Type.Object({ ...row, updatedAt: Type.String({ description: 'Last change.' }) })),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { role, state = 'open', assignee, overdue, object, name, sort } = call.query
    const rows = await call.gateway.tasks.list({
      tenant: call.principal.tenant,
      ...(state === 'all' ? {} : { state }),
      ...(overdue === undefined ? {} : { overdue: overdue === 'true' }),
      ...Object.fromEntries(
        Object.entries({ role, assignee, object, name, sort, after }).filter(([, one]) => one !== undefined),
      ),
      limit: limit + 1,
    })
    return page(call, { rows, limit, query, position: ({ position }) => position, shown })
  },
})

function shown(listed: TaskRow): Record<string, unknown> {
  const { id, name, role, state, question, openedAt, updatedAt, objects, overdue } = listed
  const { escalateTo, assignee, origin, decision, dueAt } = listed
  return {
    id,
    name,
    role,
    state,
    question,
    openedAt,
    updatedAt,
    objects: objects === '' ? [] : objects.split(' '),
    overdue: overdue === 'true',
    ...Object.fromEntries(
      Object.entries({ escalateTo, assignee, origin, decision, dueAt }).filter(([, value]) => value !== ''),
    ),
  }
}

const history = Type.Object({
  at: Type.String({ description: 'RFC 3339.' }),
  by: Type.String({ description: 'Key, and after a slash the person that it named.' }),
  did: Type.String({
    description: 'approved, assigned, decided, noted, overdue, refused or withdrawn; more may come.',
  }),
  text: freeText(Type.String()),
})

/** One member of what belongs to a decision. */
export const fieldSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60, description: 'Member of data.' }),
    label: freeText(Type.String({ minLength: 1, maxLength: 120 })),
    kind: Type.String({
      enum: [...fieldKinds],
      description: 'text, amount (a decimal), day (YYYY-MM-DD) or choice: one of the values.',
    }),
    values: Type.Optional(
      freeText(Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { minItems: 1, maxItems: 100 })),
    ),
    isOptional: Type.Optional(Type.Boolean({ description: 'It may be left out.' })),
  },
  { additionalProperties: false },
)

const choice = Type.Object({
  name: Type.String(),
  label: freeText(Type.String()),
  consequence: freeText(Type.String({ description: 'What happens then.' })),
  fourEyes: Type.Boolean({ description: 'Two different people have to decide the same.' }),
  reasonRequired: Type.Boolean(),
  fields: Type.Array(fieldSchema, { description: 'What belongs to it, as people fill it in.' }),
  needs: Type.Array(Type.String({ description: 'Member of data that must be said, as text.' })),
})

const decisionData = freeText(
  Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), {
    description: 'What belongs to the decision: a number, a code.',
  }),
)

/** Read from the task itself and not from the list, so that a decision shows at once. */
export const readTask = defineRoute({
  method: 'GET',
  path: '/v1/tasks/{id}',
  scope: 'tasks:read',
  operationId: 'readTask',
  summary: 'A task with its evidence, the decisions that are possible, and all that was done with it',
  tag: 'tasks',
  answer: {
    status: 200,
    schema: Type.Object({
      ...row,
      evidence: gathered(
        Type.Record(Type.String(), Type.Unknown(), { description: 'What is known, for whoever decides.' }),
      ),
      decisions: Type.Array(choice, { description: 'There are no others.' }),
      approvals: Type.Array(
        Type.Object({
          decision: Type.String(),
          by: Type.String(),
          reason: freeText(Type.String()),
          at: Type.String(),
          data: Type.Optional(decisionData),
        }),
        { description: 'First halves of decisions that need two people.' },
      ),
      outcome: Type.Optional(
        Type.Object({
          decision: Type.String(),
          by: Type.String(),
          reason: freeText(Type.String()),
          at: Type.String(),
          data: Type.Optional(decisionData),
        }),
      ),
      history: Type.Array(history, { description: 'Newest last.' }),
    }),
  },
  handle: async (call) => {
    const { id, state } = await findTask(call)
    return { body: whole(id, state) }
  },
})

function whole(id: string, state: KnownTask): Record<string, unknown> {
  const { request, status, assignee, overdueAt, approvals, outcome, history: entries, openedAt } = state
  const { decisions, ...about } = request
  return {
    id,
    ...about,
    state: status,
    overdue: overdueAt !== undefined,
    openedAt,
    ...(assignee === undefined ? {} : { assignee }),
    ...(outcome === undefined ? {} : { decision: outcome.decision, outcome }),
    decisions: decisions.map((one) => {
      const { name, label, consequence, fourEyes = false, reasonRequired = false } = one
      const fields = fieldsOf(one)
      const needs = fields.filter(({ isOptional = false }) => !isOptional).map((field) => field.name)
      return { name, label, consequence, fourEyes, reasonRequired, fields, needs }
    }),
    approvals: approvals.map(({ by, ...one }) => ({ ...one, by: by.person ?? by.key })),
    history: entries,
  }
}

/** A task that somebody asked for. */
export type KnownTask = TaskState & Required<Pick<TaskState, 'request' | 'status'>>

/** Of the caller's tenant. Throws NOT_FOUND. */
export async function findTask(call: Call): Promise<{ readonly id: string; readonly state: KnownTask }> {
  const id = call.params.id ?? ''
  const stored = id.startsWith('tsk_') ? (await call.gateway.backbone.states([id])).get(id) : undefined
  const state = stored?.tenant === call.principal.tenant ? (JSON.parse(stored.body) as TaskState) : undefined
  const { request, status } = state ?? {}
  if (state === undefined || request === undefined || status === undefined)
    throw new InterlineError('NOT_FOUND', { what: 'task with this id' })
  return { id, state: { ...state, request, status } }
}
