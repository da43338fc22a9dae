import { InterlineError } from '../../base/errors.ts'
import { shortHash } from '../../base/sha256.ts'
import { concernedInstances, nextExpected, readInstance, unmetConditions } from '../../flow/advance/process-desk.ts'
import type { DocumentState } from '../../model/documents/document.ts'
import { documentNames, documentSummary } from '../../model/documents/summary.ts'
import type { DocumentEntity } from '../../model/documents/transitions.ts'
import { entities, type Fact } from '../../model/fact.ts'
import { postingStatus } from '../../model/posting/status.ts'
import type { ToldSystem } from '../../views/postings.ts'
import type { Call } from '../route.ts'

type Instance = ReturnType<typeof readInstance>

/** An order, delivery, invoice … with all that is known around it. */
export interface FoundDocument {
  readonly id: string
  readonly version: number
  readonly entity: DocumentEntity
  readonly state: DocumentState
  readonly facts: readonly Fact[]
  /** It has more facts than are looked at. */
  readonly isCut: boolean
  readonly told: readonly ToldSystem[]
  /** Processes that it is a part of, with their hub ids. */
  readonly instances: readonly (readonly [id: string, instance: Instance])[]
}

const factsMost = 2000
const instancesMost = 50

/** Of the caller's tenant, and of this kind. Throws NOT_FOUND. */
export async function findDocument(call: Call, entity: DocumentEntity): Promise<FoundDocument> {
  const id = call.params.id ?? ''
  const { tenant } = call.principal
  const { node, backbone, postings } = call.gateway
  const stored = id.startsWith(`${entities[entity]}_`) ? (await node.place.committed.read([id])).get(id) : undefined
  if (stored?.state === undefined || stored.tenant !== tenant)
    throw new InterlineError('NOT_FOUND', { what: `${entity.replaceAll('_', ' ')} with this id` })
  const state = stored.state as DocumentState
  const [history, told] = await Promise.all([
    backbone.history(id, factsMost + 1),
    postings.told(tenant, documentNames(entity, id, state)),
  ])
  const facts = history.slice(0, factsMost).map(({ fact }) => fact)
  const concerned = concernedInstances(facts, state).slice(0, instancesMost)
  const instances = [...(await backbone.states(concerned))].flatMap(([subject, one]): [string, Instance][] => {
    const instance = readInstance(one.body)
    return instance.startedAt === undefined ? [] : [[subject, instance]]
  })
  return { id, version: stored.version, entity, state, facts, isCut: history.length > factsMost, told, instances }
}

/** What people see of it. */
export async function shownDocument(call: Call, found: FoundDocument): Promise<Record<string, unknown>> {
  const { id, version, entity, state, told, instances } = found
  const summary = documentSummary(entity, state)
  const { dueAt, placedAt, mergedInto = '', number = '', status = '' } = summary ?? {}
  const { object, references, observations, exceptions = [] } = state
  const tasks = await call.gateway.tasks.list({
    tenant: call.principal.tenant,
    state: 'open',
    concerning: [id, ...instances.map(([instance]) => instance)],
    limit: 100,
  })
  return {
    ...{ id, version, number, status, identifiers: references },
    ...(mergedInto === '' ? {} : { mergedInto }),
    posting: { status: postingStatus(told.filter(({ books }) => books).map((one) => one.state)), told },
    ...(placedAt === undefined ? {} : { placedAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    late: dueAt !== undefined && Date.parse(dueAt) < call.gateway.now(),
    parties: summary?.parties ?? [],
    locations: summary?.locations ?? [],
    carriers: summary?.carriers ?? [],
    nextExpected: instances.flatMap(([instance, one]) => expectedOf(found, instance, one)),
    explain: instances.flatMap(([instance, one]) => unmetConditions(one).map((unmet) => ({ instance, ...unmet }))),
    openTasks: tasks.map(({ id: task, name, role, question, overdue, dueAt: due }) => ({
      ...{ id: task, name, role, question, overdue: overdue === 'true' },
      ...(due === '' ? {} : { dueAt: due }),
    })),
    exceptions,
    observations,
    lines: Array.isArray(object['lines']) ? (object['lines'] as unknown[]) : [],
    content: object,
  }
}

/** A validator of all that is shown: what systems were told and what people are asked changes without the object. */
export function tagOf(version: number, body: Record<string, unknown>): string {
  return `"v${version}.${shortHash(JSON.stringify(body)).slice(0, 12)}"`
}

/** Where a process has a branch for just this object, that branch; else all of it. */
function expectedOf({ entity, id, state }: FoundDocument, instance: string, one: Instance): readonly object[] {
  const numbers = new Set(documentNames(entity, id, state).map((name) => name.slice(name.indexOf(':') + 1)))
  const all = nextExpected(one)
  const own = all.filter(({ branch }) => numbers.has(branch.slice(branch.indexOf('/') + 1)))
  return (own.length > 0 ? own : all).map((awaited) => ({ instance, process: one.process, ...awaited }))
}
