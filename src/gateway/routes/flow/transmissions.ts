import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { writeInstant } from '../../../base/instant.ts'
import { drafted } from '../../../flow/advance/owed-transmission.ts'
import type { Assertion } from '../../../model/fact.ts'
import { freeText, personal } from '../../../model/fields/personal.ts'
import { responseStatuses } from '../../../model/transmission/response.ts'
import { type TransmissionState, transmissionStatuses } from '../../../model/transmission/state.ts'
import type { TransmissionRow } from '../../../views/transmissions.ts'
import { manyOf, oneOf, page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

const row = {
  id: Type.String({ description: 'Hub id.' }),
  connection: Type.String({ description: 'The partner.' }),
  command: Type.String({ description: 'What the processes wanted: release_delivery, report_status …' }),
  about: Type.String({ description: 'Hub id of the object that it tells of.' }),
  status: Type.String({
    description: 'unwritable, numbering, sent, acknowledged, rejected, overdue or closed; more may come.',
  }),
  set: Type.Optional(Type.String({ description: '940, DESADV …' })),
  number: Type.Optional(Type.String({ description: 'What the business calls the document.' })),
  interchange: Type.Optional(Type.String({ description: 'Control number of the interchange.' })),
  sends: Type.Integer({ description: 'How often it was sent.' }),
  dueAt: Type.Optional(Type.String({ description: 'When the answers that are awaited are late.' })),
  response: Type.Optional(
    Type.String({
      description:
        'How the answer of the partner’s business stands: awaited, overdue or answered. Absent: none is owed.',
    }),
  ),
  responseDueAt: Type.Optional(Type.String({ description: 'When the answer of the business is late.' })),
  receipt: Type.Optional(
    Type.String({
      description:
        'What is wrong with the receipt of the transport (AS2): overdue, refused or mismatched. Absent: nothing is.',
    }),
  ),
}

export const listTransmissions = defineRoute({
  method: 'GET',
  path: '/v1/transmissions',
  scope: 'effects:read',
  partners: true,
  operationId: 'listTransmissions',
  summary: 'Documents to EDI partners and what became of them, newest change first',
  tag: 'effects',
  query: Type.Object(
    {
      ...pageQuery,
      status: manyOf(transmissionStatuses, 'How far it is.'),
      response: oneOf(responseStatuses, 'How the answer of the partner’s business stands.'),
      connection: Type.Optional(Type.String({ maxLength: 100, description: 'The partner.' })),
      about: Type.Optional(Type.String({ maxLength: 40, description: 'Hub id of the object.' })),
      number: Type.Optional(Type.String({ maxLength: 60, description: 'What the business calls the document.' })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(Type.Object({ ...row, updatedAt: Type.String({ description: 'Last change.' }) })),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { status, response, connection, about, number } = call.query
    const rows = await call.gateway.transmissions.list({
      tenant: call.principal.tenant,
      ...(status === undefined ? {} : { status: [status].flat() }),
      ...(response === undefined ? {} : { response }),
      ...(connection === undefined ? {} : { connection }),
      ...(about === undefined ? {} : { about }),
      ...(number === undefined ? {} : { number }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    return page(call, { rows, limit, query, position: ({ id, updatedAt }) => `${updatedAt} ${id}`, shown })
  },
})

function shown(listed: TransmissionRow): Readonly<Record<string, unknown>> {
  const { id, connection, command, about, status, set, number, interchange, sends, dueAt, updatedAt } = listed
  const { response, responseDueAt, receipt } = listed
  return {
    id,
    connection,
    command,
    about,
    status,
    sends: Number(sends),
    updatedAt,
    ...(set === '' ? {} : { set }),
    ...(number === '' ? {} : { number }),
    ...(interchange === '' ? {} : { interchange }),
    ...(dueAt === '' ? {} : { dueAt }),
    ...(response === '' ? {} : { response, responseDueAt }),
    ...(receipt === '' ? {} : { receipt }),
  }
}

export const readTransmission = defineRoute({
  method: 'GET',
  path: '/v1/transmissions/{id}',
  scope: 'effects:read',
  partners: true,
  operationId: 'readTransmission',
  summary: 'A document to a partner: its bytes, its numbers, every answer with the places of its errors',
  tag: 'effects',
  answer: {
    status: 200,
    schema: Type.Object({
      ...row,
      standard: Type.Optional(Type.String({ description: 'x12 or edifact.' })),
      group: Type.Optional(Type.String({ description: 'Control number of the group.' })),
      batch: Type.Optional(
        Type.String({ description: 'Hub id of the interchange, where others are in it; `text` is the set alone.' }),
      ),
      writtenAt: Type.Optional(Type.String({ description: 'When it got its numbers.' })),
      problem: Type.Optional(freeText(Type.String({ description: 'Why it could not be written.' }))),
      open: Type.Array(Type.String(), { description: 'Exceptions at the object.' }),
      text: Type.Optional(personal(Type.String({ description: 'The interchange as it is sent, every time.' }))),
      answers: Type.Array(
        Type.Object(
          {
            kind: Type.String({ description: 'TA1, 997, 999, CONTRL, 824 or APERAK.' }),
            status: Type.String({ description: 'What the partner says.' }),
            at: Type.String({ description: 'When it came.' }),
          },
          { additionalProperties: true },
        ),
        { description: 'What came for the last sending of it.' },
      ),
    }),
  },
  handle: async (call) => {
    const { id, state } = await find(call)
    const { report, document, draft, status = '', sends, dueAt, response, receipt, open, answers } = state
    const { set, number } = document ?? draft ?? {}
    return {
      body: {
        id,
        connection: report.connection,
        command: report.command,
        about: report.about,
        status,
        ...(set === undefined ? {} : { set }),
        ...(number === undefined ? {} : { number }),
        ...(document === undefined
          ? {}
          : {
              standard: document.standard,
              interchange: `${document.interchange}`,
              ...(document.batch === undefined ? {} : { batch: document.batch }),
              ...(document.group === undefined ? {} : { group: `${document.group}` }),
              writtenAt: document.at,
              text: document.text,
            }),
        sends,
        ...(dueAt === undefined ? {} : { dueAt: writeInstant(dueAt) }),
        ...(response === undefined ? {} : { response: response.status, responseDueAt: writeInstant(response.dueAt) }),
        ...(receipt === undefined ? {} : { receipt }),
        ...(report.problem === undefined ? {} : { problem: report.problem }),
        open,
        answers,
      },
    }
  },
})

export const decideTransmission = defineRoute({
  method: 'POST',
  path: '/v1/transmissions/{id}/decisions',
  scope: 'effects:decide',
  operationId: 'decideTransmission',
  summary:
    'Send a document again with the same bytes and numbers, write one anew that could not be written, or close it',
  tag: 'effects',
  body: Type.Object(
    {
      action: Type.String({ enum: ['send_again', 'write_again', 'close'] }),
      reason: freeText(Type.String({ minLength: 3, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: {
    status: 202,
    schema: Type.Object({ id: Type.String(), message: Type.String({ description: 'The message that says it.' }) }),
  },
  handle: async (call) => {
    const { id, state } = await find(call)
    const { gateway, principal, body } = call
    const connection = gateway.connections().get(state.report.connection)
    if (connection?.tenant !== principal.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection: state.report.connection })
    const assertion = decision({ id, state, by: principal.name }, body, connection, gateway.now())
    const { id: message } = await gateway.intake.accept({
      connection,
      body: new TextEncoder().encode(JSON.stringify([assertion])),
      contentType: 'application/json',
      headers: {},
      trace: call.trace,
      identity: `transmission:${id}:${call.once}`,
      asserts: true,
    })
    return { status: 202, body: { id, message } }
  },
})

type Known = TransmissionState & { readonly report: NonNullable<TransmissionState['report']> }

/** What the decision says, as a fact about the transmission. Throws DECISION_NOT_ALLOWED, or why it cannot be written. */
function decision(
  { id, state, by }: { readonly id: string; readonly state: Known; readonly by: string },
  { action, reason }: { readonly action: string; readonly reason: string },
  connection: Parameters<typeof drafted>[0],
  now: number,
): Assertion {
  const about = {
    entity: 'transmission',
    references: [{ scheme: 'transmission', value: id }],
    unknown: 'create',
  } as const
  const isWritten = state.document !== undefined
  const isAllowed = { send_again: isWritten, write_again: state.status === 'unwritable', close: true }[action] ?? false
  if (!isAllowed || state.status === 'closed' || state.status === 'numbering')
    throw new InterlineError('DECISION_NOT_ALLOWED', { state: state.status ?? 'unknown' })
  if (action !== 'write_again') return { type: 'transmission.decided', about, data: { action, by, reason } }
  const { problem, payload, waitsFor, ...report } = state.report
  // Once each of its codes has a name it is written by itself.
  if (waitsFor !== undefined) throw new InterlineError('EDI_STILL_UNWRITABLE', { problem: problem ?? '' })
  const made = drafted(
    connection,
    { command: report.command, payload, ...(report.purpose === undefined ? {} : { purpose: report.purpose }) },
    now,
  )
  if (made === 'nothing' || made.draft === undefined)
    throw new InterlineError('EDI_STILL_UNWRITABLE', {
      problem: made === 'nothing' ? 'nothing to tell' : (made.problem ?? ''),
    })
  return { type: 'transmission.reported', about, data: { ...report, draft: made.draft } }
}

async function find(call: Call): Promise<{ readonly id: string; readonly state: Known }> {
  const id = call.params.id ?? ''
  const stored = id.startsWith('trm_') ? (await call.gateway.backbone.states([id])).get(id) : undefined
  const state = stored === undefined ? undefined : (JSON.parse(stored.body) as TransmissionState)
  const owner = stored === undefined ? undefined : (await call.gateway.backbone.history(id, 1))[0]?.fact.tenant
  if (state?.report === undefined || (owner !== undefined && owner !== call.principal.tenant))
    throw new InterlineError('NOT_FOUND', { what: 'transmission with this id' })
  // Without a report it only stands for a number.
  return { id, state: { ...state, report: state.report } }
}
