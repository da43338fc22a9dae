import {
  type DroppedDay,
  type HeldDay,
  heldBecause,
  quarterAfter,
  type Retention,
  type Retired,
  startOf,
} from '../retention.ts'
import { readMessageId } from '../step.ts'
import type { Cursor } from '../stores.ts'
import { isTerminal } from '../transitions.ts'
import { ownerKey } from './commit.ts'
import type { DayRow, Tables } from './tables.ts'

/** Retention over the maps: the same days, the same reasons as in the database. */
export function retireTables(
  tables: Tables,
  retention: Retention,
  { now, cursors }: { readonly now: number; readonly cursors: readonly Cursor[] },
): Retired {
  const { messagesBefore = '', factsBefore = '', effectsBefore, dryRun } = retention
  const messages = judgeDays(tables.inboxDays, messagesBefore, (day) => messagesHeld(tables, day, cursors))
  const facts = judgeDays(tables.factDays, factsBefore, (day) => factsHeld(tables, day, cursors))
  const identities = judgeWindows(tables, { before: messagesBefore, staying: messages.staying })
  if (!dryRun) {
    dropMessages(tables, new Set(messages.going))
    dropFacts(tables, new Set(facts.going))
    const windows = new Set(identities.going)
    for (const [key, { window }] of tables.inputs) if (windows.has(window)) tables.inputs.delete(key)
  }
  const [oldestMessages] = messages.staying
  const [oldestFacts] = facts.staying
  return {
    messages: messages.going.length,
    facts: facts.going.length,
    identities: identities.going.length,
    ...retireEffects(tables, { before: effectsBefore, dryRun, now }),
    held: [
      ...messages.held.map((one) => ({ kind: 'messages', ...one }) as const),
      ...facts.held.map((one) => ({ kind: 'facts', ...one }) as const),
      ...identities.held.map((one) => ({ kind: 'identities', ...one }) as const),
    ],
    oldest: {
      ...(oldestMessages === undefined ? {} : { messages: oldestMessages }),
      ...(oldestFacts === undefined ? {} : { facts: oldestFacts }),
    },
  }
}

/** Days of one partition that are no more. */
export function droppedOf(days: readonly DayRow[], next: number): readonly DroppedDay[] {
  return days
    .map(({ day, first, dropped }, index) => ({ day, first, next: days[index + 1]?.first ?? next, dropped }))
    .filter(({ dropped, first, next: end }) => dropped && end > first)
    .map((range) => ({ day: range.day, first: range.first, next: range.next }))
}

interface Judged {
  readonly going: readonly string[]
  readonly held: readonly Omit<HeldDay, 'kind'>[]
  readonly staying: readonly string[]
}

function judgeDays(
  partitions: readonly (readonly DayRow[])[],
  before: string,
  heldBy: (day: string) => string | undefined,
): Judged {
  const days = [...new Set(partitions.flat().flatMap(({ day, dropped }) => (dropped ? [] : [day])))].sort()
  const judged = days.map((day) => ({ day, reason: day < before ? heldBy(day) : '' }))
  return {
    going: judged.filter(({ reason }) => reason === undefined).map(({ day }) => day),
    held: judged.flatMap(({ day, reason = '' }) => (reason === '' ? [] : [{ day, reason }])),
    staying: judged.filter(({ reason }) => reason !== undefined).map(({ day }) => day),
  }
}

function judgeWindows(
  { inputs }: Tables,
  { before, staying }: { readonly before: string; readonly staying: readonly string[] },
): Judged {
  const all = [...new Set([...inputs.values()].map(({ window }) => window))].sort()
  const old = all.filter((window) => quarterAfter(window) <= before)
  const needed = old.filter((window) => staying.some((day) => day >= window && day <= quarterAfter(window)))
  return {
    going: old.filter((one) => !needed.includes(one)),
    held: needed.map((day) => ({ day, reason: heldBecause.identities })),
    staying: all,
  }
}

/** [first, next) of each partition on a day. */
function rangesOf(days: readonly (readonly DayRow[])[], next: readonly number[], day: string) {
  return days.flatMap((rows, partition) =>
    rows.flatMap((row, index) =>
      row.day === day ? [{ partition, first: row.first, next: rows[index + 1]?.first ?? next[partition] ?? 0 }] : [],
    ),
  )
}

type Range = ReturnType<typeof rangesOf>[number]

function within(ranges: readonly Range[], id: string): boolean {
  const position = readMessageId(id)
  return ranges.some(
    ({ partition, first, next }) =>
      position?.partition === partition && position.offset >= first && position.offset < next,
  )
}

function messagesHeld(tables: Tables, day: string, cursors: readonly Cursor[]): string | undefined {
  const ranges = rangesOf(tables.inboxDays, tables.inboxNext, day)
  const parked = [...tables.parks.keys()].filter((id) => within(ranges, id)).length
  if (parked > 0) return heldBecause.parked(parked)
  for (const [of, by] of tables.corrections)
    if (tables.parks.has(of) && within(ranges, by)) return heldBecause.correction
  if (!reached(tables, 'translate', ranges)) return heldBecause.translate
  return behind(
    cursors.filter(({ subscriber }) => subscriber === 'oracle-inbox'),
    ranges,
  )
}

function factsHeld(tables: Tables, day: string, cursors: readonly Cursor[]): string | undefined {
  const ranges = rangesOf(tables.factDays, tables.factNext, day)
  if (!reached(tables, 'advance', ranges)) return heldBecause.advance
  return behind(
    cursors.filter(({ subscriber }) => subscriber !== 'oracle-inbox'),
    ranges,
  )
}

function reached(tables: Tables, consumer: string, ranges: readonly Range[]): boolean {
  return ranges.every(
    ({ partition, next }) => (tables.owners.get(ownerKey(consumer, partition))?.offset ?? -1) >= next - 1,
  )
}

function behind(cursors: readonly Cursor[], ranges: readonly Range[]): string | undefined {
  const waiting = cursors.filter((cursor) =>
    ranges.some(({ partition, next }) => cursor.partition === partition && cursor.offset < next - 1),
  )
  const [first] = waiting.map(({ subscriber }) => subscriber).sort()
  return first === undefined ? undefined : heldBecause.reader(first)
}

function dropMessages(tables: Tables, days: ReadonlySet<string>): void {
  for (const day of days) {
    const ranges = rangesOf(tables.inboxDays, tables.inboxNext, day)
    for (const { partition, first, next } of ranges) remove(tables.inbox[partition], first, next)
    for (const of of [...tables.corrections.keys()]) if (within(ranges, of)) tables.corrections.delete(of)
  }
  markDropped(tables.inboxDays, days)
}

function dropFacts(tables: Tables, days: ReadonlySet<string>): void {
  for (const day of days) {
    for (const { partition, first, next } of rangesOf(tables.factDays, tables.factNext, day)) {
      const gone = new Set(remove(tables.facts[partition], first, next))
      for (const lists of [tables.bySubject, tables.byOrigin])
        for (const [key, list] of lists) {
          const rest = list.filter((one) => !gone.has(one))
          if (rest.length === 0) lists.delete(key)
          else if (rest.length < list.length) lists.set(key, rest)
        }
    }
  }
  markDropped(tables.factDays, days)
}

function remove<T extends { readonly offset: number }>(list: T[] | undefined, first: number, next: number): T[] {
  const from = list?.findIndex(({ offset }) => offset >= first) ?? -1
  if (list === undefined || from < 0) return []
  const until = list.findIndex(({ offset }) => offset >= next)
  return list.splice(from, (until < 0 ? list.length : until) - from)
}

function markDropped(partitions: readonly DayRow[][], days: ReadonlySet<string>): void {
  for (const rows of partitions) for (const row of rows) if (days.has(row.day)) row.dropped = true
}

/** Natural keys stay in their map: what was posted once is never posted again. */
function retireEffects(
  tables: Tables,
  { before, dryRun, now }: { readonly before: string | undefined; readonly dryRun: boolean; readonly now: number },
): { effects: number; lanes: number } {
  if (before === undefined) return { effects: 0, lanes: 0 }
  const limit = startOf(before)
  const old = [...tables.effects].filter(([, { effect }]) => isTerminal(effect.state) && effect.updatedAt < limit)
  const gone = new Set(old.map(([id]) => id))
  const lanes = [...tables.lanes.values()].filter(
    ({ head, holdUntil = 0, effects }) =>
      head === undefined &&
      holdUntil <= now &&
      effects.some((id) => gone.has(id)) &&
      effects.every((id) => gone.has(id) || !tables.effects.has(id)),
  )
  if (!dryRun) {
    for (const [id, { effect }] of old) {
      tables.effects.delete(id)
      tables.evidence.delete(id)
      tables.references.delete(`${effect.target}\0${effect.externalReference}`)
    }
    for (const { id } of lanes) tables.lanes.delete(id)
  }
  return { effects: old.length, lanes: lanes.length }
}
