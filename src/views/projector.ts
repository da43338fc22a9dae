import type { Pool } from 'pg'
import { readInstant } from '../base/instant.ts'
import type { DocumentState } from '../model/documents/document.ts'
import type { DocumentEntity } from '../model/documents/transitions.ts'
import { entities, type Fact, type Reference } from '../model/fact.ts'
import { normalizeIdentifier } from '../model/identifier.ts'
import type { ListingState } from '../model/listing/listing.ts'
import type { CorrespondenceState } from '../model/notification/correspondence.ts'
import type { RecipientState } from '../model/notification/recipient-state.ts'
import type { ShipmentState } from '../model/shipment/state.ts'
import { shipmentSummary } from '../model/shipment/view.ts'
import { balances } from '../model/stock/balances.ts'
import type { StockState } from '../model/stock/state.ts'
import type { TaskState } from '../model/task/state.ts'
import type { TransmissionState } from '../model/transmission/state.ts'
import { type DocumentRow, documentRow, saveDocuments } from './documents.ts'
import { type ListingRow, listingRow, saveListings } from './listings.ts'
import {
  correspondenceRows,
  type NotificationRow,
  type RecipientRow,
  recipientRows,
  saveNotifications,
  saveRecipients,
} from './notifications.ts'
import { documentParts, type NamedParts, PartKeeper, purchaseParts, shipmentParts } from './parts.ts'
import { retellPostings, savePostings } from './postings.ts'
import { type ListedInstance, type ProcessRow, processRow, type StuckOf, saveProcesses } from './processes.ts'
import { type ReferenceRow, saveReferences } from './reference.ts'
import { type SavedShipment, saveShipments } from './shipments.ts'
import { type ItemBalances, saveBalances } from './stock.ts'
import { saveTasks, type TaskRow, taskRow } from './tasks.ts'
import { type SavedTransmission, saveTransmissions, transmissionRow } from './transmissions.ts'

/** Lists that people search. Made from the log and the states; thrown away and made again at will. */
export interface Views {
  /** Takes over what these facts changed. Idempotent: older versions never overwrite newer ones. */
  apply(facts: readonly Fact[], states: ReadonlyMap<string, ViewedState>): Promise<void>
  /** Only who has a part in what, from facts that the lists know already. `isWhole`: no fact before them is missing. */
  retell(facts: readonly Fact[], states: ReadonlyMap<string, ViewedState>, isWhole: boolean): Promise<void>
}

/** An object as it is after `version` facts. */
export interface ViewedState {
  readonly version: number
  readonly state: unknown
}

/** Asked between two objects: undefined to go on, otherwise to be awaited, so that others have the thread. */
interface Breath {
  pause(): Promise<void> | undefined
}

/** The lists in PostgreSQL. `begin` begins a stretch of work; `stuckOf` knows what processes wait for. */
export function postgresViews(
  pool: Pick<Pool, 'query'>,
  begin: () => Breath = () => ({ pause: () => undefined }),
  stuckOf: StuckOf = () => undefined,
): Views {
  const parts = new PartKeeper(pool, () => Date.now())
  return {
    apply: async (facts, states) => {
      const references = facts.flatMap(referencesOf)
      const rows = await rowsOf(facts, states, { breath: begin(), stuckOf })
      await saveReferences(pool, references)
      await parts.save(facts, rows.parts)
      await saveRows(pool, rows)
      await savePostings(pool, facts, states)
    },
    retell: async (facts, states, isWhole) => {
      const rows = await rowsOf(facts, states, { breath: begin(), stuckOf })
      await parts.save(facts, rows.parts, isWhole)
      await retellPostings(pool, rows.documents)
    },
  }
}

/** What these states look like in the lists. */
async function rowsOf(
  facts: readonly Fact[],
  states: ReadonlyMap<string, ViewedState>,
  { breath, stuckOf }: { readonly breath: Breath; readonly stuckOf: StuckOf },
): Promise<ReturnType<typeof noRows>> {
  const rows = noRows()
  // By subject: whoever searched all facts for each object would slow down with the square of the rate.
  const newest = new Map(facts.map((fact) => [fact.subject, fact]))
  let oldest: ReadonlyMap<string, Fact> | undefined
  const changedAt = (subject: string): string => newest.get(subject)?.recordedAt ?? ''
  const since = (subject: string): number => {
    oldest ??= new Map(facts.toReversed().map((fact) => [fact.subject, fact]))
    return readInstant(oldest.get(subject)?.recordedAt ?? '') ?? 0
  }
  for (const [subject, { version, state }] of states) {
    const pause = breath.pause()
    if (pause !== undefined) await pause
    if (state === undefined) continue
    const tenant = newest.get(subject)?.tenant ?? ''
    if (subject.startsWith('shp_')) {
      rows.shipments.push(shipmentRow({ subject, tenant, version, state: state as ShipmentState }))
      rows.parts.push(shipmentParts({ object: subject, tenant, version }, state as ShipmentState))
    } else if (subject.startsWith('stk_'))
      rows.stock.push(itemBalances({ subject, tenant, version, state: state as StockState }))
    else if (subject.startsWith('trm_')) {
      const updatedAt = changedAt(subject)
      const row = transmissionRow(state as TransmissionState, { id: subject, tenant, version, updatedAt })
      if (row !== undefined) rows.transmissions.push(row)
    } else if (subject.startsWith('pur_'))
      rows.parts.push(purchaseParts({ object: subject, tenant, version }, state as DocumentState))
    else if (subject.startsWith('tsk_')) {
      const row = taskRow(state as TaskState, { id: subject, tenant, version, updatedAt: changedAt(subject) })
      if (row !== undefined) rows.tasks.push(row)
    } else if (subject.startsWith('prc_')) {
      const about = { id: subject, tenant, version, updatedAt: changedAt(subject) }
      const row = processRow(state as ListedInstance, about, stuckOf(state))
      if (row !== undefined) rows.processes.push(row)
    } else if (subject.startsWith('rcp_')) {
      const about = { id: subject, tenant, version, changedAt: changedAt(subject), since: since(subject) }
      const told = recipientRows(state as RecipientState, about)
      rows.notifications.push(...told.notifications)
      rows.recipients.push(told.recipient)
    } else if (subject.startsWith('lst_'))
      rows.listings.push(listingRow(state as ListingState, { id: subject, tenant, version }))
    else if (subject.startsWith('crs_')) {
      const about = { id: subject, tenant, version, changedAt: changedAt(subject) }
      rows.notifications.push(...correspondenceRows(state as CorrespondenceState, about))
    } else {
      const entity = listedDocuments.get(subject.slice(0, 4))
      const about = { id: subject, tenant, version, updatedAt: changedAt(subject) }
      const row = entity === undefined ? undefined : documentRow(entity, state as DocumentState, about)
      if (row !== undefined) {
        rows.documents.push(row)
        rows.parts.push(documentParts(row, state as DocumentState))
      }
    }
  }
  return rows
}

/** Rows of one round, by list. */
function noRows() {
  return {
    shipments: [] as SavedShipment[],
    stock: [] as ItemBalances[],
    transmissions: [] as SavedTransmission[],
    tasks: [] as TaskRow[],
    processes: [] as ProcessRow[],
    documents: [] as DocumentRow[],
    listings: [] as ListingRow[],
    notifications: [] as NotificationRow[],
    recipients: [] as RecipientRow[],
    parts: [] as NamedParts[],
  }
}

async function saveRows(pool: Pick<Pool, 'query'>, rows: ReturnType<typeof noRows>): Promise<void> {
  await saveShipments(pool, rows.shipments)
  await saveBalances(pool, rows.stock)
  await saveTransmissions(pool, rows.transmissions)
  await saveTasks(pool, rows.tasks)
  await saveProcesses(pool, rows.processes)
  await saveDocuments(pool, rows.documents)
  await saveListings(pool, rows.listings)
  await saveNotifications(pool, rows.notifications)
  await saveRecipients(pool, rows.recipients)
}

/** Subjects whose list rows a fact may have changed. */
export function viewed(fact: Fact): boolean {
  return viewedKinds.has(fact.subject.slice(0, 4))
}

/** Documents that have a list of their own, by the prefix of their hub ids. */
const listedDocuments: ReadonlyMap<string, DocumentEntity> = new Map(
  (['appointment', 'delivery', 'freight_invoice', 'goods_receipt', 'invoice', 'order', 'return'] as const).map(
    (entity) => [`${entities[entity]}_`, entity],
  ),
)

const viewedKinds: ReadonlySet<string> = new Set([
  ...['crs_', 'lst_', 'prc_', 'pur_', 'rcp_', 'shp_', 'stk_', 'trm_', 'tsk_'],
  ...listedDocuments.keys(),
])

function referencesOf(fact: Fact): ReferenceRow[] {
  if (!fact.type.endsWith('.identified')) return []
  const { references } = fact.data as { readonly references: readonly Reference[] }
  const entity = fact.type.slice(0, -'.identified'.length)
  return references.map((reference) => ({
    tenant: fact.tenant,
    entity,
    scheme: reference.scheme,
    issuer: reference.issuer ?? '',
    value: reference.value,
    normalized: normalizeIdentifier(reference),
    subject: fact.subject,
  }))
}

function shipmentRow({
  subject,
  tenant,
  version,
  state,
}: {
  subject: string
  tenant: string
  version: number
  state: ShipmentState
}): SavedShipment {
  return { id: subject, tenant, version, ...shipmentSummary(state) }
}

function itemBalances({
  subject,
  tenant,
  version,
  state,
}: {
  subject: string
  tenant: string
  version: number
  state: StockState
}): ItemBalances {
  return { tenant, subject, version, sku: state.sku, balances: balances(state) }
}
