import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { describedProcesses, processAssertion, refusedWish } from '../../../flow/advance/process-desk.ts'
import { deskArrival } from '../../../flow/stewardship/desk.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { ProcessRow } from '../../../views/processes.ts'
import { entryOf } from '../../access/audit-note.ts'
import { instantOf } from '../../instant.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { defineRoute } from '../../route.ts'
import { findInstance } from './process-instance.ts'

const branch = Type.Object({
  name: Type.String(),
  about: Type.String(),
  states: Type.Array(Type.Object({ name: Type.String(), about: Type.String(), isFinal: Type.Boolean() })),
})

/** Made of the definitions; the counts come from the view. */
export const listProcesses = defineRoute({
  method: 'GET',
  path: '/v1/processes',
  scope: 'processes:read',
  operationId: 'listProcesses',
  summary: 'What the hub carries through over many systems, and how many are under way in which state',
  tag: 'processes',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          id: Type.String(),
          version: Type.Integer({ description: 'New instances go by it.' }),
          title: Type.String(),
          about: Type.String(),
          key: Type.String({ description: 'What there is one instance for.' }),
          branches: Type.Array(branch),
          underWay: Type.Record(Type.String(), Type.Integer(), {
            description: 'Instances by state of the branch main.',
          }),
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal }) => {
    const counted = Map.groupBy(await gateway.processes.counts(principal.tenant), ({ process }) => process)
    const data = describedProcesses().map((one) => ({
      ...one,
      underWay: Object.fromEntries((counted.get(one.id) ?? []).map(({ state, count }) => [state, count])),
    }))
    return { body: { data } }
  },
})

const row = {
  id: Type.String({ description: 'Hub id.' }),
  process: Type.String({ description: 'Which process: order-to-ship.' }),
  version: Type.Integer({ description: 'Version of the definition that it goes by.' }),
  key: Type.String({ description: 'What it is about: the number of the order.' }),
  state: Type.String({ description: 'State of the branch main.' }),
  branches: Type.Record(Type.String(), Type.String(), { description: 'States of the other branches.' }),
  openTasks: Type.Integer({ description: 'Questions to people that are open.' }),
  isOver: Type.Boolean({ description: 'Nothing is awaited any more.' }),
  nextDue: Type.Optional(Type.String({ description: 'When the next timer goes off.' })),
  stuck: Type.Optional(
    Type.Object(
      {
        since: Type.String({ description: 'RFC 3339.' }),
        by: Type.String({
          description:
            '`timer` and its name: that is late. `refused`, `parked` or `unrouted` and an effect: nobody has said how to go on.',
        }),
      },
      { description: 'Why it does not go on by itself. Absent: it does, or it is over.' },
    ),
  ),
  startedAt: Type.String({ description: 'RFC 3339.' }),
}

/** Reads the view. */
export const listInstances = defineRoute({
  method: 'GET',
  path: '/v1/processes/instances',
  scope: 'processes:read',
  operationId: 'listProcessInstances',
  summary: 'Processes under way: those that are stuck first, then those of which something is due first',
  tag: 'processes',
  query: Type.Object(
    {
      ...pageQuery,
      process: Type.Optional(Type.String({ maxLength: 60, description: 'Only of this process.' })),
      key: Type.Optional(Type.String({ maxLength: 200, description: 'Only about this: the number of an order.' })),
      state: Type.Optional(Type.String({ maxLength: 60, description: 'Only with main in this state.' })),
      over: Type.Optional(Type.String({ enum: ['true', 'false', 'all'], description: 'Without it those under way.' })),
      dueBefore: Type.Optional(
        Type.String({ maxLength: 40, description: 'Only where something is due before. RFC 3339.' }),
      ),
      startedBefore: Type.Optional(
        Type.String({ maxLength: 40, description: 'Only those that began before. RFC 3339.' }),
      ),
      stuck: Type.Optional(
        Type.String({
          enum: ['true', 'false'],
          description: 'Only those that do not go on by themselves, or that do.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(Type.Object({ ...row, updatedAt: Type.String({ description: 'Last change.' }) })),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { process, key, state, over = 'false', dueBefore, startedBefore, stuck } = call.query
    if (dueBefore !== undefined) instantOf('dueBefore', dueBefore)
    if (startedBefore !== undefined) instantOf('startedBefore', startedBefore)
    const wanted = { process, key, state, dueBefore, startedBefore, after }
    const rows = await call.gateway.processes.list({
      tenant: call.principal.tenant,
      ...(over === 'all' ? {} : { isOver: over === 'true' }),
      ...(stuck === undefined ? {} : { isStuck: stuck === 'true' }),
      ...Object.fromEntries(Object.entries(wanted).filter(([, one]) => one !== undefined)),
      limit: limit + 1,
    })
    return page(call, { rows, limit, query, position: ({ position }) => position, shown })
  },
})

function shown({
  id,
  process,
  definition,
  key,
  state,
  branches,
  openTasks,
  isOver,
  nextDue,
  stuckSince,
  stuckBy,
  startedAt,
  updatedAt,
}: ProcessRow) {
  const states =
    branches === ''
      ? []
      : branches.split(' ').map((one) => [one.slice(0, one.lastIndexOf(':')), one.slice(one.lastIndexOf(':') + 1)])
  return {
    ...{ id, process, version: definition, key, state, openTasks, startedAt, updatedAt },
    branches: Object.fromEntries(states) as Readonly<Record<string, string>>,
    isOver: isOver === 'true',
    ...(nextDue === '' ? {} : { nextDue }),
    ...(stuckSince === '' ? {} : { stuck: { since: stuckSince, by: stuckBy } }),
  }
}

/** Judged here, so that a person hears at once what is not possible, and judged again by the fold. */
export const decideProcess = defineRoute({
  method: 'POST',
  path: '/v1/processes/instances/{id}/decide',
  scope: 'processes:decide',
  operationId: 'decideProcess',
  summary:
    'Call a process off, send a branch on by hand where the definition allows it, or move it to the newest version',
  tag: 'processes',
  body: Type.Object(
    {
      action: Type.String({ enum: ['cancel', 'migrate', 'skip'] }),
      reason: freeText(Type.String({ minLength: 1, maxLength: 500, description: 'Why, for the audit.' })),
      branch: Type.Optional(Type.String({ maxLength: 200, description: 'skip: the branch; main without it.' })),
      to: Type.Optional(Type.String({ maxLength: 60, description: 'skip: the state to go to.' })),
      by: Type.Optional(
        Type.String({ minLength: 1, maxLength: 120, description: 'Who acts, where several people use the key.' }),
      ),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: {
    status: 202,
    schema: Type.Object({ id: Type.String(), message: Type.String({ description: 'The message that says it.' }) }),
  },
  handle: async (call) => {
    const { id, instance } = await findInstance(call)
    const { gateway, principal, trace, once, body } = call
    const { action, reason, branch: named, to } = body
    const wish = {
      action: action as 'cancel' | 'migrate' | 'skip',
      ...(named === undefined ? {} : { branch: named }),
      ...(to === undefined ? {} : { to }),
    }
    const problem = refusedWish(instance, wish)
    if (problem !== undefined) throw new InterlineError('PROCESS_WISH_REFUSED', { action, problem })
    // Whoever is signed in acts as nobody else.
    const person = principal.session === undefined ? body.by : principal.name
    const by = person === undefined ? principal.key : `${principal.key}/${person}`
    const { id: message } = await gateway.intake.accept(
      deskArrival([processAssertion(id, { ...wish, by, reason })], {
        tenant: principal.tenant,
        identity: `process.decided:${id}:${once}`,
        audit: entryOf(call, {
          ...{ change: 'decide', kind: 'process', name: id, source: `process.decided:${once}` },
          ...{ reason, after: { ...wish, by } },
        }),
        trace,
        partitions: gateway.backbone.partitions,
      }),
    )
    return { status: 202, body: { id, message } }
  },
})
