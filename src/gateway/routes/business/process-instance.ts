import { Type } from 'typebox'
import { type Effect, operatorActions } from '../../../backbone/ledger.ts'
import { decidedState } from '../../../backbone/transitions.ts'
import { InterlineError } from '../../../base/errors.ts'
import { findDefinition } from '../../../flow/advance/aggregate.ts'
import { processChart } from '../../../flow/advance/process-chart.ts'
import { course, nextExpected, readInstance, unmetConditions } from '../../../flow/advance/process-desk.ts'
import { possibleWishes, stuckOf, waitingTimers } from '../../../flow/advance/process-waits.ts'
import type { Fact } from '../../../model/fact.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { type Call, defineRoute } from '../../route.ts'

type EffectRecord = ReturnType<typeof readInstance>['effects'][string]

const posting = Type.Object({
  id: Type.String({ description: 'Hub id of the effect.' }),
  target: Type.String(),
  state: Type.String(),
  attempts: Type.Integer(),
  documentReference: Type.Optional(Type.String({ description: 'Number of the document at the target.' })),
  reason: Type.Optional(freeText(Type.String())),
  nextAt: Type.Optional(Type.String({ description: 'When it is tried again. RFC 3339.' })),
  allowed: Type.Array(Type.String(), { description: 'What a person may decide about it now: release tries it again.' }),
})

const effect = Type.Object({
  name: Type.String(),
  branch: Type.String(),
  command: Type.String(),
  businessKey: Type.String(),
  status: Type.String({ description: 'wanted, applied, refused, parked, unrouted or settled.' }),
  document: Type.Optional(Type.String()),
  reason: Type.Optional(freeText(Type.String())),
  undoes: Type.Optional(Type.String({ description: 'Name and business key of the effect that it takes back.' })),
  postings: Type.Array(posting, { description: 'What each target is told, as the ledger has it.' }),
})

const timer = Type.Object({
  branch: Type.String(),
  name: Type.String(),
  about: Type.String({ description: 'What should have happened by then.' }),
  due: Type.String({ description: 'RFC 3339.' }),
  then: Type.String({ description: 'What happens then.' }),
  lasts: Type.String(),
  from: Type.String({ description: 'From when it counts.' }),
  isMissed: Type.Boolean({ description: 'It has gone off, and what it waits for has not come.' }),
})

const wish = Type.Object({
  action: Type.String({ description: 'cancel, migrate or skip.' }),
  branch: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  consequence: Type.String({ description: 'What happens then.' }),
  problem: Type.Optional(Type.String({ description: 'Why it is not possible now. Absent: it is.' })),
})

/** Reads the state, and the ledger for what was asked of other systems. */
export const readProcessInstance = defineRoute({
  method: 'GET',
  path: '/v1/processes/instances/{id}',
  scope: 'processes:read',
  operationId: 'readProcessInstance',
  summary: 'Where a process is, what it asked for, what became of that, and what should happen next',
  tag: 'processes',
  answer: {
    status: 200,
    schema: Type.Object({
      id: Type.String({ description: 'Hub id.' }),
      process: Type.String({ description: 'Which process: order-to-ship.' }),
      version: Type.Integer({ description: 'Version of the definition that it goes by.' }),
      newestVersion: Type.Integer({ description: 'New instances go by it.' }),
      key: Type.String({ description: 'What it is about: the number of the order.' }),
      startedAt: Type.String({ description: 'RFC 3339.' }),
      endedAt: Type.Optional(Type.String({ description: 'RFC 3339. Absent: it is under way.' })),
      states: Type.Record(Type.String(), Type.String(), { description: 'State of each branch.' }),
      stuck: Type.Optional(Type.Object({ since: Type.String(), by: Type.String() })),
      nextExpected: Type.Array(
        Type.Object({
          branch: Type.String(),
          state: Type.String(),
          since: Type.String(),
          awaits: Type.Array(Type.String(), { description: 'Facts, effects, tasks and timers that can move it on.' }),
          by: Type.Optional(Type.String({ description: 'When it is noticed that nothing comes.' })),
        }),
      ),
      unmet: Type.Array(
        Type.Object({ condition: Type.String(), owner: Type.String(), since: Type.Optional(Type.String()) }),
        { description: 'What has to happen before it goes on, where the process can say so.' },
      ),
      timers: Type.Array(timer, { description: 'The first that is due first.' }),
      effects: Type.Array(effect),
      tasks: Type.Array(
        Type.Object({
          id: Type.String({ description: 'Hub id of the task.' }),
          name: Type.String(),
          status: Type.String(),
        }),
      ),
      actions: Type.Array(wish, { description: 'What a person may want of it, for decide.' }),
      known: Type.Unknown({ description: 'What it was told so far, as the process keeps it.' }),
    }),
  },
  handle: async (call) => {
    const { id, instance } = await findInstance(call)
    const { process, version, key, startedAt = '', endedAt, at, effects, tasks, known } = instance
    const postings = await postingsOf(call, id, Object.values(effects))
    const stuck = stuckOf(instance)
    return {
      body: {
        ...{ id, process, version, key, startedAt, known },
        newestVersion: findDefinition(process)?.version ?? version,
        ...(endedAt === undefined ? {} : { endedAt }),
        ...(stuck === undefined ? {} : { stuck }),
        states: Object.fromEntries(Object.entries(at).map(([name, { state }]) => [name, state])),
        nextExpected: nextExpected(instance),
        unmet: unmetConditions(instance),
        timers: waitingTimers(instance),
        effects: Object.values(effects).map((one) => shownEffect(one, postings.get(one.n) ?? [])),
        tasks: Object.entries(tasks).map(([name, one]) => ({ id: one.id, name, status: one.status })),
        actions: possibleWishes(instance),
      },
    }
  },
})

function shownEffect(record: EffectRecord, postings: readonly Effect[]): Record<string, unknown> {
  const { name, branch, command, businessKey, status, document, reason, undoes } = record
  return {
    ...{ name, branch, command, businessKey, status },
    ...(document === undefined ? {} : { document }),
    ...(reason === undefined ? {} : { reason }),
    ...(undoes === undefined ? {} : { undoes }),
    postings: postings.map((one) => ({
      ...{ id: one.id, target: one.target, state: one.state, attempts: one.attempt },
      ...(one.documentReference === undefined ? {} : { documentReference: one.documentReference }),
      ...(one.reason === undefined ? {} : { reason: one.reason }),
      ...(one.nextAt === undefined ? {} : { nextAt: new Date(one.nextAt).toISOString() }),
      allowed: operatorActions.filter((action) => decidedState(action, one.state, false) !== undefined),
    })),
  }
}

/** Rows of the ledger by number of the effect within the instance: each is caused by the fact that wanted it, which bears that number. */
async function postingsOf(
  call: Call,
  id: string,
  effects: readonly EffectRecord[],
): Promise<ReadonlyMap<number, readonly Effect[]>> {
  if (effects.length === 0) return new Map()
  const causations = (await logOf(call, id)).flatMap((fact) => (fact.type === 'process.effect_wanted' ? [fact.id] : []))
  if (causations.length === 0) return new Map()
  const rows = await call.gateway.backbone.ledger.effects({
    ...{ tenant: call.principal.tenant, causations, limit: postingsMost },
  })
  return Map.groupBy(rows, ({ causation }) => Number(causation.slice(causation.lastIndexOf('~') + 1)))
}

/** Several times as many as any process asks for. */
const postingsMost = 1000

/** Reads the definition that the instance goes by, and its log. */
export const readInstanceChart = defineRoute({
  method: 'GET',
  path: '/v1/processes/instances/{id}/chart',
  scope: 'processes:read',
  operationId: 'readProcessChart',
  summary: 'The statechart of the version that a process goes by, where it is in it, and which ways it went',
  tag: 'processes',
  answer: {
    status: 200,
    schema: Type.Object({
      id: Type.String({ description: 'Hub id.' }),
      process: Type.String(),
      version: Type.Integer({ description: 'Of the definition that is drawn.' }),
      key: Type.String({ description: 'What the instance is about.' }),
      branches: Type.Array(
        Type.Object({
          name: Type.String({ description: 'main, or the name of what there is one of for each key.' }),
          about: Type.String(),
          initial: Type.String(),
          states: Type.Array(
            Type.Object({
              name: Type.String(),
              about: Type.String(),
              isFinal: Type.Boolean(),
              here: Type.Array(Type.Object({ branch: Type.String(), since: Type.String() }), {
                description: 'Branches of the instance that are there now.',
              }),
              entered: Type.Integer({ description: 'How often one came there.' }),
            }),
          ),
          steps: Type.Array(
            Type.Object({
              from: Type.String(),
              to: Type.String(),
              kind: Type.String({ description: 'step, cancel (when it is called off) or skip (by hand).' }),
              label: Type.String({ description: 'When it is taken, in words.' }),
              awaits: Type.Array(Type.String()),
              taken: Type.Integer({ description: 'How often the instance went this way.' }),
            }),
          ),
        }),
      ),
    }),
  },
  handle: async (call) => {
    const { id, instance } = await findInstance(call)
    const chart = processChart(instance, await logOf(call, id))
    if (chart === undefined) throw new InterlineError('NOT_FOUND', { what: 'definition of this version' })
    const { process, version, key } = instance
    return { body: { id, process, version, key, ...chart } }
  },
})

/** Reads the log. */
export const readInstanceCourse = defineRoute({
  method: 'GET',
  path: '/v1/processes/instances/{id}/timeline',
  scope: 'processes:read',
  operationId: 'readProcessTimeline',
  summary: 'The course of a process: what it heard, where it went, what it asked for',
  tag: 'processes',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          at: Type.String({ description: 'When the hub recorded it.' }),
          type: Type.String({ description: 'Type of the fact.' }),
          data: Type.Unknown(),
        }),
        { description: 'Oldest first.' },
      ),
      isWhole: Type.Boolean({ description: 'False: it is longer than what is shown.' }),
    }),
  },
  handle: async (call) => {
    const { id } = await findInstance(call)
    const facts = await logOf(call, id)
    return { body: { data: course(facts.slice(0, timelineMost)), isWhole: facts.length <= timelineMost } }
  },
})

const timelineMost = 1000

async function logOf(call: Call, id: string): Promise<readonly Fact[]> {
  return (await call.gateway.backbone.history(id, timelineMost + 1)).map(({ fact }) => fact)
}

/** An instance of the caller's tenant that has begun. Throws NOT_FOUND. */
export async function findInstance(
  call: Call,
): Promise<{ readonly id: string; readonly instance: ReturnType<typeof readInstance> }> {
  const id = call.params.id ?? ''
  const stored = id.startsWith('prc_') ? (await call.gateway.backbone.states([id])).get(id) : undefined
  const instance = stored?.tenant === call.principal.tenant ? readInstance(stored.body) : undefined
  if (instance?.startedAt === undefined) throw new InterlineError('NOT_FOUND', { what: 'process with this id' })
  return { id, instance }
}
