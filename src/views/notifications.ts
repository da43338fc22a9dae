import type { Pool } from 'pg'
import { writeInstant } from '../base/instant.ts'
import { shortHash } from '../base/sha256.ts'
import type { CorrespondenceState } from '../model/notification/correspondence.ts'
import type { RecipientState } from '../model/notification/recipient-state.ts'
import { columns } from './reference.ts'
import { Selection } from './selection.ts'

/** One thing that somebody was to be told. */
export interface NotificationRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  /** Hub id of the recipient, or of the order where nobody knows who that is. */
  readonly recipient: string
  readonly rule: string
  readonly channel: string
  readonly event: string
  readonly object: string
  readonly number: string
  /** waiting, sent, told, refused, unknown or held_back; handed_on: the recipient has a row of his own. */
  readonly status: string
  /** Empty: there is nothing to explain. */
  readonly reason: string
  /** RFC 3339: when it was to be told, and when it came to this. */
  readonly at: string
  readonly changedAt: string
}

/** A recipient, and whether anything is sent to him. */
export interface RecipientRow {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly channel: string
  /** Empty: he is told what there is. */
  readonly reason: string
  readonly by: string
  readonly since: string
}

/** Which of them are wanted; what is absent does not matter. */
export interface NotificationFilter {
  readonly tenant: string
  readonly recipient?: string
  readonly channel?: string
  readonly event?: string
  readonly object?: string
  readonly number?: string
  readonly status?: string
  /** `<instant> <id>` of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** What is read of the lists. */
export interface NotificationRows {
  /** Newest first. */
  list(filter: NotificationFilter): Promise<readonly (NotificationRow & { readonly position: string })[]>
  /** Newest first. */
  suppressed(
    filter: Pick<NotificationFilter, 'after' | 'limit' | 'tenant'>,
  ): Promise<readonly (RecipientRow & { readonly position: string })[]>
}

/** The lists of one database. */
export function notificationRows(pool: Pick<Pool, 'query'>): NotificationRows {
  return { list: (filter) => list(pool, filter), suppressed: (filter) => suppressed(pool, filter) }
}

type About = Pick<NotificationRow, 'tenant' | 'version'> & { readonly id: string; readonly changedAt: string }

/** What became of each; of those that came to an end only what changed since the oldest of the facts that are taken over. */
export function recipientRows(
  { waiting, records, channel, suppressed: barred }: RecipientState,
  about: About & { readonly since: number },
): { readonly notifications: readonly NotificationRow[]; readonly recipient: RecipientRow } {
  const { id: recipient, tenant, version, changedAt, since } = about
  const row = (one: { key: string; at: number; rule: string; event: string; object: string; number: string }) => ({
    id: shortHash(`${recipient}|${one.key}|${one.at}`),
    tenant,
    version,
    recipient,
    channel,
    rule: one.rule,
    event: one.event,
    object: one.object,
    number: one.number,
    at: writeInstant(one.at),
  })
  const ended = records.filter((one) => one.changedAt >= since)
  return {
    notifications: [
      ...waiting.map(({ notice, since: at }) => ({
        ...row({ ...notice, rule: notice.rule.name, at }),
        status: 'waiting',
        reason: '',
        changedAt: writeInstant(at),
      })),
      ...ended.map((one) => ({
        ...row(one),
        status: one.status,
        reason: one.reason ?? '',
        changedAt: writeInstant(one.changedAt),
      })),
    ],
    recipient: {
      id: recipient,
      tenant,
      version,
      channel,
      reason: barred?.reason ?? '',
      by: barred?.by ?? '',
      since: barred?.since ?? changedAt,
    },
  }
}

/** News of an order that nobody knows the customer of. */
export function correspondenceRows(state: CorrespondenceState, about: About): readonly NotificationRow[] {
  const { id: recipient, tenant, version, changedAt } = about
  const row = (one: {
    key: string
    at: number
    channel: string
    rule: string
    event: string
    object: string
    number: string
  }) => ({
    id: shortHash(`${recipient}|${one.rule}|${one.key}|${one.at}`),
    tenant,
    version,
    recipient,
    channel: one.channel,
    rule: one.rule,
    event: one.event,
    object: one.object,
    number: one.number,
    at: writeInstant(one.at),
    changedAt,
  })
  return [
    ...state.waiting.map(({ notice, since }) => {
      const { name: rule, channel } = notice.rule
      return { ...row({ ...notice, rule, channel, at: since }), status: 'waiting', reason: 'no_contact' }
    }),
    ...state.settled.map((one) => ({
      ...row(one),
      status: one.handedOn ? 'handed_on' : 'held_back',
      reason: one.handedOn ? '' : 'no_contact',
    })),
  ]
}

/** Keeps the newest version of each; an older one that comes late changes nothing. */
export async function saveNotifications(pool: Pick<Pool, 'query'>, rows: readonly NotificationRow[]): Promise<void> {
  // The same may have been told twice in one millisecond: the newest counts.
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()]
  if (unique.length === 0) return
  await pool.query({
    name: 'view-notification-save',
    text: `INSERT INTO view_notification (id, tenant, version, recipient, rule, channel, event, object, number, status, reason, at, changed_at)
           SELECT id, tenant, version, recipient, rule, channel, event, object, number, status, reason, at::timestamptz, changed::timestamptz
           FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
             AS t(id, tenant, version, recipient, rule, channel, event, object, number, status, reason, at, changed) ORDER BY id
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, reason = excluded.reason, changed_at = excluded.changed_at
           WHERE view_notification.version < excluded.version`,
    values: columns(unique, [
      ...(['id', 'tenant', 'version', 'recipient', 'rule', 'channel', 'event', 'object', 'number'] as const),
      ...(['status', 'reason', 'at', 'changedAt'] as const),
    ]),
  })
}

/** The same for recipients. */
export async function saveRecipients(pool: Pick<Pool, 'query'>, rows: readonly RecipientRow[]): Promise<void> {
  if (rows.length === 0) return
  await pool.query({
    name: 'view-recipient-save',
    text: `INSERT INTO view_recipient (id, tenant, version, channel, reason, said_by, since)
           SELECT id, tenant, version, channel, reason, said_by, since::timestamptz
           FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[]) AS t(id, tenant, version, channel, reason, said_by, since) ORDER BY id
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, reason = excluded.reason, said_by = excluded.said_by, since = excluded.since
           WHERE view_recipient.version < excluded.version`,
    values: columns(rows, ['id', 'tenant', 'version', 'channel', 'reason', 'by', 'since']),
  })
}

async function list(pool: Pick<Pool, 'query'>, filter: NotificationFilter): ReturnType<NotificationRows['list']> {
  const wanted = new Selection(filter.tenant)
  for (const name of ['recipient', 'channel', 'event', 'object', 'number', 'status'] as const)
    wanted.ask((p) => `${name} = ${p}`, filter[name])
  if (filter.status === undefined) wanted.always(`status <> 'handed_on'`)
  const page = wanted.page({ column: 'at', direction: 'DESC', after: filter.after, limit: filter.limit })
  const { rows } = await pool.query<
    Omit<NotificationRow, 'at' | 'changedAt'> & {
      readonly position: string
      readonly told: Date
      readonly changed: Date
    }
  >(
    `SELECT id, tenant, version::int AS version, recipient, rule, channel, event, object, number, status, reason,
            at::text AS position, at AS told, changed_at AS changed FROM view_notification ${page}`,
    wanted.values,
  )
  return rows.map(({ told, changed, position, ...row }) => ({
    ...row,
    at: told.toISOString(),
    changedAt: changed.toISOString(),
    position: `${position.replace(' ', 'T')} ${row.id}`,
  }))
}

async function suppressed(
  pool: Pick<Pool, 'query'>,
  { tenant, after, limit }: Pick<NotificationFilter, 'after' | 'limit' | 'tenant'>,
): ReturnType<NotificationRows['suppressed']> {
  const wanted = new Selection(tenant)
  wanted.always(`reason <> ''`)
  const page = wanted.page({ column: 'since', direction: 'DESC', after, limit })
  const { rows } = await pool.query<Omit<RecipientRow, 'since'> & { readonly position: string; readonly began: Date }>(
    `SELECT id, tenant, version::int AS version, channel, reason, said_by AS by, since::text AS position, since AS began FROM view_recipient ${page}`,
    wanted.values,
  )
  return rows.map(({ began, position, ...row }) => ({
    ...row,
    since: began.toISOString(),
    position: `${position.replace(' ', 'T')} ${row.id}`,
  }))
}
