import { type Static, Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { documentStatuses } from '../../../model/code-lists/document-status.ts'
import { exceptionCategories } from '../../../model/code-lists/exception-category.ts'
import type { DocumentEntity } from '../../../model/documents/transitions.ts'
import { freeText, personal } from '../../../model/fields/personal.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import { postingStatuses } from '../../../model/posting/status.ts'
import { type DocumentFilter, documentOrders, type ListedDocument } from '../../../views/documents.ts'
import { demandPart, documentFor, listedFor, partsOf } from '../../access/partner-sight.ts'
import { instantOf } from '../../instant.ts'
import { many, manyOf, oneOf, page, pageQuery, pageSchema, readPage, sortQuery } from '../../page.ts'
import { findByReference } from '../../reference.ts'
import { type Answer, type Call, defineRoute, type Route } from '../../route.ts'
import { findDocument, shownDocument, tagOf } from '../../shown/business-document.ts'

/** Kinds of documents with an address of their own. */
const kinds: readonly { readonly entity: DocumentEntity; readonly path: string; readonly one: string }[] = [
  { entity: 'appointment', path: 'appointments', one: 'appointment' },
  { entity: 'delivery', path: 'deliveries', one: 'delivery' },
  { entity: 'freight_invoice', path: 'freight-invoices', one: 'freight invoice' },
  { entity: 'invoice', path: 'invoices', one: 'invoice' },
  { entity: 'order', path: 'orders', one: 'order' },
  { entity: 'goods_receipt', path: 'receipts', one: 'goods receipt' },
  { entity: 'return', path: 'returns', one: 'return' },
]

const postingNote =
  'none: nothing was asked of the books; pending: a system is being told; blocked: a person has to decide; posted: all of it is booked.'

const row = {
  id: Type.String({ description: 'Hub id.' }),
  number: Type.String({ description: 'The number that the business knows it by; empty where it has none yet.' }),
  status: Type.String({ description: 'How far the work has come.' }),
  posting: Type.Optional(
    Type.String({ description: `How it stands in the books. ${postingNote} Absent for partners.` }),
  ),
  // Numbers as a rule, and names where nobody gave a number: nothing tells one from the other.
  parties: personal(Type.Array(Type.String(), { description: 'Customers and suppliers, as its documents name them.' })),
  locations: Type.Array(Type.String()),
  carriers: Type.Array(Type.String()),
  placedAt: Type.String({ description: 'When it was ordered, received or dated; else when it was first heard of.' }),
  dueAt: Type.Optional(Type.String({ description: 'By when it should be done. Absent: nobody said, or it is.' })),
  late: Type.Boolean({ description: 'That time is over.' }),
  exceptions: Type.Array(Type.String(), { description: 'Categories of what is wrong with its documents.' }),
  openTasks: Type.Optional(
    Type.Integer({ description: 'Questions about it that people have to decide. Absent for partners.' }),
  ),
  updatedAt: Type.String({ description: 'Last change.' }),
}

const listedDocument = Type.Object(row, { title: 'ListedBusinessDocument' })

const told = Type.Object(
  {
    effect: Type.String({ description: 'Hub id of the effect.' }),
    command: Type.String({ description: 'What was asked for.' }),
    target: Type.String({ description: 'Connection.' }),
    state: Type.String({ description: 'As in /v1/effects; `forgotten` where the ledger keeps it no longer.' }),
    books: Type.Boolean({ description: 'It makes something in the books; the others only tell somebody.' }),
    documentReference: Type.Optional(Type.String({ description: 'Number of the document at the target.' })),
    reason: Type.Optional(freeText(Type.String({ description: 'In the words of the target or the hub.' }))),
    askedAt: Type.Optional(Type.String({ description: 'When it was asked for.' })),
    at: Type.Optional(Type.String({ description: 'Last change of its state.' })),
  },
  { title: 'ToldSystem' },
)

const identifier = Type.Object({
  scheme: Type.String(),
  issuer: Type.Optional(Type.String()),
  value: Type.String(),
})

const detail = Type.Object(
  {
    id: row.id,
    version: Type.Integer({ description: 'Counts changes of the object itself.' }),
    number: row.number,
    mergedInto: Type.Optional(Type.String({ description: 'The one that it turned out to be.' })),
    identifiers: Type.Array(identifier),
    status: row.status,
    posting: Type.Optional(
      Type.Object(
        {
          status: Type.String({ description: `How it stands in the books. ${postingNote}` }),
          told: Type.Array(told, { description: 'What each system was, is being or is still to be told of it.' }),
        },
        { description: 'Absent for partners, for whom what staff decide and await is left out, too.' },
      ),
    ),
    parties: row.parties,
    locations: row.locations,
    carriers: row.carriers,
    placedAt: Type.Optional(row.placedAt),
    dueAt: row.dueAt,
    late: row.late,
    nextExpected: Type.Array(
      Type.Object({
        instance: Type.String({ description: 'Hub id of the process that waits.' }),
        process: Type.String(),
        branch: Type.String(),
        state: Type.String(),
        since: Type.String(),
        awaits: Type.Array(Type.String(), { description: 'Facts, effects, tasks and timers that can move it on.' }),
        by: Type.Optional(Type.String({ description: 'When it is noticed that nothing comes.' })),
      }),
    ),
    explain: Type.Array(
      Type.Object({
        instance: Type.String(),
        condition: Type.String(),
        owner: Type.String({ description: 'Whose turn it is.' }),
        since: Type.Optional(Type.String()),
      }),
      { description: 'What would have to happen before it goes on; what would release this invoice.' },
    ),
    openTasks: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        role: Type.String(),
        question: freeText(Type.String()),
        overdue: Type.Boolean(),
        dueAt: Type.Optional(Type.String()),
      }),
    ),
    exceptions: Type.Array(Type.Unknown(), { description: 'What is wrong with documents about it.' }),
    observations: Type.Array(Type.Unknown(), { description: 'What was said and did not count.' }),
    lines: Type.Array(Type.Unknown()),
    content: Type.Unknown({ description: 'The newest snapshot, in the words in which it came.' }),
  },
  { title: 'BusinessDocument' },
)

const timeline = Type.Object(
  {
    facts: Type.Array(
      Type.Object({
        id: Type.String(),
        type: Type.String(),
        occurredAt: Type.Optional(Type.String()),
        recordedAt: Type.String(),
        source: Type.String(),
        data: Type.Unknown(),
      }),
      { description: 'Oldest first.' },
    ),
    told: Type.Array(told),
    processes: Type.Array(
      Type.Object({ id: Type.String(), process: Type.String(), key: Type.String(), state: Type.String() }),
      { description: 'Processes that it is a part of; each has a course of its own.' },
    ),
    isWhole: Type.Boolean({ description: 'False: there are more facts than are shown.' }),
  },
  { title: 'BusinessTimeline' },
)

const instant = (description: string) => Type.Optional(Type.String({ maxLength: 40, description }))

/** Each kind has statuses of its own. */
const queryOf = (entity: DocumentEntity) =>
  Type.Object(
    {
      ...pageQuery,
      reference: Type.Optional(
        Type.String({
          maxLength: 100,
          description: 'Any number that it has or names, such as that of its order, or its hub id.',
        }),
      ),
      status: manyOf(Object.keys(documentStatuses[entity]), 'Status.'),
      posting: Type.Optional(Type.String({ enum: [...postingStatuses], description: `In the books. ${postingNote}` })),
      party: many('Customer or supplier, as its documents name them.'),
      location: many('Place, as its documents name it.'),
      carrier: many('Carrier, as its documents name it.'),
      exception: oneOf(Object.keys(exceptionCategories.values), 'Category of what is wrong with it.'),
      late: Type.Optional(Type.String({ enum: ['true'], description: 'Only what should have been done by now.' })),
      task: Type.Optional(Type.String({ enum: ['true', 'false'], description: 'Whether somebody has to decide.' })),
      placedFrom: instant('Ordered, received or dated at or after. RFC 3339.'),
      placedTo: instant('Ordered, received or dated before. RFC 3339.'),
      dueBefore: instant('Only what should be done before. RFC 3339.'),
      updatedSince: instant('Changed at or after. RFC 3339.'),
      sort: sortQuery(documentOrders, '-updatedAt'),
    },
    { additionalProperties: false },
  )
type Query = ReturnType<typeof queryOf>

const instants = ['placedFrom', 'placedTo', 'dueBefore', 'updatedSince'] as const

/** Lists, pages and courses of orders, deliveries, receipts, returns, invoices and appointments. */
export const businessDocuments: readonly Route[] = kinds.flatMap(({ entity, path, one }) => {
  const [plural, singular] = [path, one].map((words) =>
    words.replaceAll(/(?:^|[- ])\w/g, (start) => start.slice(-1).toUpperCase()),
  )
  const about = { method: 'GET', scope: 'documents:read', tag: 'documents of the business' } as const
  const statuses = Object.keys(documentStatuses[entity]).join(', ')
  return [
    defineRoute({
      ...about,
      path: `/v1/${path}`,
      partners: true,
      operationId: `list${plural}`,
      summary: `Every ${one}, newest change first: how far the work is (${statuses}) beside how it stands in the books`,
      query: queryOf(entity),
      answer: { status: 200, schema: pageSchema(listedDocument) },
      handle: (call) => list(call, entity),
    }),
    defineRoute({
      ...about,
      path: `/v1/${path}/{id}`,
      partners: true,
      operationId: `read${singular}`,
      summary: `One ${one}: its lines, what each system was told with which document number, what should happen next, and what it waits for`,
      answer: { status: 200, schema: detail },
      handle: async (call) => {
        const found = await findDocument(call, entity)
        const parts = await demandPart(call, found.id, `${entity.replaceAll('_', ' ')} with this id`)
        const whole = await shownDocument(call, found)
        const body = parts === undefined ? whole : documentFor(parts, entity, whole)
        return { body, headers: { etag: tagOf(found.version, body) } }
      },
    }),
    defineRoute({
      ...about,
      path: `/v1/${path}/{id}/timeline`,
      operationId: `read${singular}Timeline`,
      summary: `The course of one ${one}: what was said about it, what systems were told, and the processes around it`,
      answer: { status: 200, schema: timeline },
      handle: async (call) => {
        const found = await findDocument(call, entity)
        const facts = found.facts.map(({ id, type, occurredAt, recordedAt, source, data }) => ({
          id,
          type,
          recordedAt,
          source,
          data,
          ...(occurredAt === undefined ? {} : { occurredAt }),
        }))
        const processes = found.instances.map(([id, { process, key, at }]) => ({
          id,
          process,
          key,
          state: at['main']?.state ?? '',
        }))
        return { body: { facts, told: found.told, processes, isWhole: !found.isCut } }
      },
    }),
  ]
})

async function list(call: Call<Static<Query>>, entity: DocumentEntity): Promise<Answer> {
  const { limit, after, query: said } = readPage(call)
  const { reference, status, posting, party, location, carrier, exception, late, task } = call.query
  if (call.gateway.isPartners) demandNoQuestions(call.query, entity)
  for (const each of instants) if (call.query[each] !== undefined) instantOf(each, call.query[each])
  const called = reference === undefined ? undefined : await named(call, entity, reference)
  const now = call.gateway.now()
  const dueBefore = late === undefined ? call.query.dueBefore : earliest(now, call.query.dueBefore)
  const listed = (value: string | string[] | undefined) => (value === undefined ? undefined : [value].flat())
  const rows = await call.gateway.businessDocuments.list({
    tenant: call.principal.tenant,
    entity,
    ...partsOf(call),
    ...present({ called, posting, exception, dueBefore, after }),
    ...present({ status: listed(status), party: listed(party), location: listed(location) }),
    ...present({ carrier: listed(carrier), hasTask: task === undefined ? undefined : task === 'true' }),
    ...present({ placedFrom: call.query.placedFrom, placedTo: call.query.placedTo }),
    ...present({ updatedSince: call.query.updatedSince, sort: call.query.sort }),
    limit: limit + 1,
  })
  const own = call.gateway.isPartners ? await call.gateway.parts.of(rows.map(({ id }) => id)) : undefined
  const shown = (each: ListedDocument): Listed => {
    const row = listedRow(each, now)
    return own === undefined ? row : (listedFor(own.get(each.id) ?? [], { ...row }) as Listed)
  }
  return page(call, { rows, limit, query: said, position: ({ position }) => position, shown })
}

type Listed = Omit<ListedDocument, 'dueAt' | 'version' | 'entity' | 'mergedInto' | 'posting' | 'openTasks'> &
  Partial<Pick<ListedDocument, 'posting' | 'openTasks'>> & {
    readonly dueAt?: string
    readonly late: boolean
  }

function listedRow(listed: ListedDocument, now: number): Listed {
  const { id, number, status, posting, parties, locations, carriers, placedAt, dueAt } = listed
  const { exceptions, openTasks, updatedAt } = listed
  return {
    id,
    number,
    status,
    posting,
    parties,
    locations,
    carriers,
    placedAt,
    exceptions,
    openTasks,
    updatedAt,
    ...(dueAt === '' ? {} : { dueAt }),
    late: dueAt !== '' && Date.parse(dueAt) < now,
  }
}

/** What is left out of the rows of partners is no question of theirs either. Throws PARAMETER_UNKNOWN. */
function demandNoQuestions(asked: Readonly<Record<string, unknown>>, entity: DocumentEntity): void {
  const hidden = ['exception', 'party', 'posting', 'task']
  const parameters = hidden.filter((name) => asked[name] !== undefined)
  if (parameters.length === 0) return
  const known = Object.keys(queryOf(entity).properties).filter((name) => !hidden.includes(name))
  throw new InterlineError('PARAMETER_UNKNOWN', { parameters: parameters.join(', '), known: known.join(', ') })
}

async function named(
  call: Parameters<typeof findByReference>[0],
  entity: DocumentEntity,
  reference: string,
): Promise<NonNullable<DocumentFilter['called']>> {
  const found = (await findByReference(call, reference)).filter((one) => one.entity === entity)
  const said = reference.trim()
  return {
    ids: [said, ...found.map(({ subject }) => subject)],
    numbers: [said, normalizeIdentifier({ scheme: 'order', value: said })],
  }
}

function earliest(now: number, said: string | undefined): string {
  return new Date(Math.min(now, said === undefined ? now : Date.parse(said))).toISOString()
}

/** Members that are there. */
function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
