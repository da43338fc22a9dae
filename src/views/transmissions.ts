import type { Pool } from 'pg'
import { writeInstant } from '../base/instant.ts'
import { isRefusal, missing } from '../model/transmission/answer.ts'
import type { TransmissionState } from '../model/transmission/state.ts'
import { columns } from './reference.ts'
import { Selection } from './selection.ts'

/** One line of the list of documents to partners. Everything else is read from its state. */
export interface TransmissionRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly connection: string
  readonly command: string
  /** Hub id of the object that it tells of. */
  readonly about: string
  readonly status: string
  /** 940, DESADV …; empty for one that could not be written. */
  readonly set: string
  readonly number: string
  /** Empty before it has one. */
  readonly interchange: string
  readonly sends: string
  /** RFC 3339; empty when nothing is awaited. */
  readonly dueAt: string
  /** How the answer of the partner’s business stands: awaited, overdue, answered; empty where none is owed. */
  readonly response: string
  /** RFC 3339. */
  readonly responseDueAt: string
  /** What is wrong with the receipt of the transport: overdue, refused, mismatched; empty where nothing is. */
  readonly receipt: string
  readonly updatedAt: string
}

/** A line with what only service levels look at. */
export interface SavedTransmission extends TransmissionRow {
  /** RFC 3339. When it left, where an answer is awaited; otherwise empty. */
  readonly sentAt: string
  /** RFC 3339. When all that was awaited had come, or it was rejected; empty before. */
  readonly answeredAt: string
}

/** Which documents are wanted; what is absent does not matter. */
export interface TransmissionFilter {
  readonly tenant: string
  readonly status?: readonly string[]
  readonly response?: string
  readonly connection?: string
  readonly about?: string
  readonly number?: string
  /** `<updatedAt> <id>` of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** What is read of the documents to partners. */
export interface TransmissionRows {
  list(filter: TransmissionFilter): Promise<readonly TransmissionRow[]>
  /** Hub ids of those that could not be written, of all tenants; the first thousands. */
  unwritten(): Promise<readonly string[]>
  /** How many are in each state that is not an end, by partner; `unanswered` by the business are counted beside that. */
  open(): Promise<readonly OpenTransmissions[]>
}

/** How many documents of one connection are in one state. */
export interface OpenTransmissions {
  readonly tenant: string
  readonly connection: string
  readonly status: string
  readonly count: number
}

/** Reads the list from its table, which follows the log: the newest documents may not be in it yet. */
export function transmissionRows(pool: Pick<Pool, 'query'>): TransmissionRows {
  return { list: (filter) => list(pool, filter), open: () => open(pool), unwritten: () => unwritten(pool) }
}

/** `undefined` for what only stands for a number or an envelope, and before anything was decided. */
export function transmissionRow(
  state: TransmissionState,
  about: { readonly id: string; readonly tenant: string; readonly version: number; readonly updatedAt: string },
): SavedTransmission | undefined {
  const { report, status, document, draft, sends, dueAt, response, receipt = '' } = state
  // Each document of an interchange has a line of its own.
  if (report === undefined || status === undefined || state.batch !== undefined) return undefined
  return {
    ...about,
    connection: report.connection,
    command: report.command,
    about: report.about,
    status,
    set: document?.set ?? draft?.set ?? '',
    number: document?.number ?? draft?.number ?? '',
    interchange: document === undefined ? '' : `${document.interchange}`,
    sends: `${sends}`,
    dueAt: dueAt === undefined ? '' : writeInstant(dueAt),
    response: response?.status ?? '',
    responseDueAt: response === undefined ? '' : writeInstant(response.dueAt),
    receipt,
    ...answeredWhen(state),
  }
}

function answeredWhen({ document, answers }: TransmissionState): Pick<SavedTransmission, 'sentAt' | 'answeredAt'> {
  if (document === undefined || document.awaits.length === 0) return { sentAt: '', answeredAt: '' }
  const last = answers.find(
    (one, index) => isRefusal(one) || missing(document, answers.slice(0, index + 1)).length === 0,
  )
  return { sentAt: document.at, answeredAt: last?.at ?? '' }
}

/** Keeps the newest version of each; an older one that comes late changes nothing. */
export async function saveTransmissions(pool: Pick<Pool, 'query'>, rows: readonly SavedTransmission[]): Promise<void> {
  if (rows.length === 0) return
  await pool.query({
    name: 'view-transmission-save',
    text: `INSERT INTO view_transmission (id, tenant, version, connection, command, about, status, document_set, number, interchange, sends, due_at, response, response_due_at, updated_at, sent_at, answered_at, receipt)
           SELECT id, tenant, version, connection, command, about, status, document_set, number, nullif(interchange, '')::bigint, sends::int, nullif(due, '')::timestamptz, response, nullif(response_due, '')::timestamptz, updated::timestamptz,
             nullif(sent, '')::timestamptz, nullif(answered, '')::timestamptz, receipt
           FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[])
             AS t(id, tenant, version, connection, command, about, status, document_set, number, interchange, sends, due, response, response_due, updated, sent, answered, receipt) ORDER BY id
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, document_set = excluded.document_set,
             number = excluded.number, interchange = excluded.interchange, sends = excluded.sends, due_at = excluded.due_at,
             response = excluded.response, response_due_at = excluded.response_due_at,
             updated_at = excluded.updated_at, sent_at = excluded.sent_at, answered_at = excluded.answered_at, receipt = excluded.receipt
           WHERE view_transmission.version < excluded.version`,
    values: columns(rows, [
      'id',
      'tenant',
      'version',
      'connection',
      'command',
      'about',
      'status',
      'set',
      'number',
      'interchange',
      'sends',
      'dueAt',
      'response',
      'responseDueAt',
      'updatedAt',
      'sentAt',
      'answeredAt',
      'receipt',
    ]),
  })
}

interface Listed {
  readonly due: Date | null
  readonly response_due: Date | null
  readonly updated: Date
}

async function list(pool: Pick<Pool, 'query'>, filter: TransmissionFilter): Promise<readonly TransmissionRow[]> {
  const wanted = new Selection(filter.tenant)
  wanted.ask((p) => `status = ANY(${p}::text[])`, filter.status)
  wanted.ask((p) => `response = ${p}`, filter.response)
  wanted.ask((p) => `connection = ${p}`, filter.connection)
  wanted.ask((p) => `about = ${p}`, filter.about)
  wanted.ask((p) => `number = ${p}`, filter.number)
  const page = wanted.page({ column: 'updated_at', direction: 'DESC', after: filter.after, limit: filter.limit })
  const { rows } = await pool.query<Omit<TransmissionRow, 'dueAt' | 'responseDueAt' | 'updatedAt'> & Listed>(
    `SELECT id, tenant, version::int AS version, connection, command, about, status, document_set AS set, number,
            coalesce(interchange::text, '') AS interchange, sends::text AS sends, due_at AS due, response,
            response_due_at AS response_due, updated_at AS updated, receipt
     FROM view_transmission ${page}`,
    wanted.values,
  )
  return rows.map(({ due, response_due: responseDue, updated, ...row }) => ({
    ...row,
    dueAt: due?.toISOString() ?? '',
    responseDueAt: responseDue?.toISOString() ?? '',
    updatedAt: updated.toISOString(),
  }))
}

async function unwritten(pool: Pick<Pool, 'query'>): Promise<readonly string[]> {
  const { rows } = await pool.query<{ readonly id: string }>(
    `SELECT id FROM view_transmission WHERE status = 'unwritable' ORDER BY updated_at LIMIT ${unwrittenMax}`,
  )
  return rows.map(({ id }) => id)
}

/** More of them mean that a whole catalogue is missing. */
const unwrittenMax = 5000

async function open(pool: Pick<Pool, 'query'>): ReturnType<TransmissionRows['open']> {
  const { rows } = await pool.query<OpenTransmissions>(
    `SELECT tenant, connection, status, count(*)::int AS count FROM view_transmission
     WHERE status NOT IN ('acknowledged', 'closed') GROUP BY tenant, connection, status
     UNION ALL
     SELECT tenant, connection, 'unanswered', count(*)::int FROM view_transmission
     WHERE response = 'overdue' AND status NOT IN ('closed', 'rejected') GROUP BY tenant, connection`,
  )
  return rows
}
