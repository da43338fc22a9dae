import type { IntakeCount } from '../../backbone/stores.ts'
import type { Trial } from '../../registry/trials.ts'
import type { ConnectionTroubles } from '../../views/connection-troubles.ts'
import type { ShownPartner } from '../desks/network-desk.ts'
import type { Gateway } from '../gateway.ts'
import { type ChecklistStepName, checklistActions } from './checklist-words.ts'
import { clientCertificates } from './client-certificates.ts'

const dayMs = 86_400_000
const daysShown = 30
/** How far back somebody looks for a sign of life. */
const daysHeard = 400
/** Days before its end at which a certificate is called short. */
const certificateDays = 30
const keysMost = 200

/** One thing that has to be done before a partner is live. */
export interface ChecklistStep {
  readonly step: string
  readonly done: boolean
  readonly detail: string
  readonly nextAction: string
}

/** What everybody wants to know of each partner. What is known of their connections is read at once, however many they are. */
export async function standingsOf(
  gateway: Gateway,
  tenant: string,
  partners: readonly ShownPartner[],
): Promise<readonly Record<string, unknown>[]> {
  const all = partners.flatMap(({ connections }) => connections.map(({ id }) => id))
  const since = iso(gateway.now() - daysHeard * dayMs).slice(0, 10)
  const [counts, troubles, trials] = await Promise.all([
    gateway.network.arrivals(tenant, all, since),
    gateway.troubles.of(tenant, all),
    gateway.trials.of(tenant, all),
  ])
  const [countsOf, trialsOf] = [byConnection(counts), byConnection(trials)]
  return Promise.all(
    partners.map((partner) => {
      const own = partner.connections.map(({ id }) => id)
      const found = {
        counts: own.flatMap((id) => countsOf.get(id) ?? []),
        trials: own.flatMap((id) => trialsOf.get(id) ?? []),
        troubles,
      }
      return standingOf(gateway, { tenant, partner }, found)
    }),
  )
}

/** What was found of the connections of a partner. */
interface FoundOfConnections {
  readonly counts: readonly IntakeCount[]
  readonly trials: readonly Trial[]
  readonly troubles: ReadonlyMap<string, ConnectionTroubles>
}

async function standingOf(
  gateway: Gateway,
  { tenant, partner }: { readonly tenant: string; readonly partner: ShownPartner },
  { counts, trials, troubles }: FoundOfConnections,
): Promise<Record<string, unknown>> {
  const now = gateway.now()
  const { keys } = gateway.backbone.stores
  const [ownKeys, clients, people, uploads] = await Promise.all([
    keys.list({ tenant, partner: partner.id, limit: keysMost }),
    gateway.oauth.clients.list({ tenant, partner: partner.id, limit: keysMost }),
    gateway.entrance.people.list({ tenant, partner: partner.id, limit: keysMost }),
    gateway.certificates.list({ tenant, partner: partner.id, limit: keysMost }),
  ])
  const volumes = volumesOf(counts, now)
  const sum = (of: keyof ConnectionTroubles): number =>
    partner.connections.reduce((all, { id }) => all + (troubles.get(id)?.[of] ?? 0), 0)
  const open = sum('parked')
  const shown = [...partner.certificates, ...clientCertificates(clients, now)]
  const certificates = shown.map(({ validTo, validFrom, ...one }) => {
    const daysLeft = Math.floor((validTo - now) / dayMs)
    const isShort = daysLeft < certificateDays
    return { ...one, validFrom: iso(validFrom), validTo: iso(validTo), daysLeft, isShort }
  })
  const active = [
    ...ownKeys.filter(({ revokedAt, expiresAt = now + 1 }) => revokedAt === undefined && expiresAt > now),
    ...clients.filter(({ revokedAt }) => revokedAt === undefined),
  ]
  const silent = volumes.silentDays
  const isLate = partner.quietDays > 0 && (silent === undefined || silent > partner.quietDays)
  return {
    ...{ id: partner.id, name: partner.name, role: partner.role, contacts: partner.contacts },
    connections: partner.connections.map((one) => connectionStanding(one, { counts, troubles, trials, now })),
    ...volumes,
    quietDays: partner.quietDays,
    isLate,
    parked: open,
    acknowledgementsOverdue: sum('overdue'),
    certificates,
    pendingCertificates: uploads.filter(({ state }) => state === 'pending').length,
    credentials: active.length,
    people: people.filter(({ disabledAt }) => disabledAt === undefined).length,
    checklist: checklistOf(partner, {
      volumes,
      open,
      certificates,
      active: active.length,
      people,
      trials,
    }),
  }
}

function byConnection<T extends { readonly connection: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(all, ({ connection }) => connection)
}

interface Volumes {
  readonly lastSeenOn?: string
  /** Whole days since then; absent where nothing ever came. */
  readonly silentDays?: number
  readonly received: number
  readonly refused: number
  /** Refused of all in 30 days, in percent with one decimal. */
  readonly refusedPercent: string
  readonly days: readonly { readonly day: string; readonly received: number; readonly refused: number }[]
}

function volumesOf(counts: readonly IntakeCount[], now: number): Volumes {
  const today = Math.floor(now / dayMs)
  const heard = counts.filter(({ accepted, duplicate }) => accepted + duplicate > 0).map(({ day }) => day)
  const lastSeenOn = heard.toSorted().at(-1)
  const since = iso((today - daysShown + 1) * dayMs).slice(0, 10)
  const byDay = Map.groupBy(
    counts.filter(({ day }) => day >= since),
    ({ day }) => day,
  )
  const days = [...byDay]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, some]) => ({
      day,
      received: some.reduce((sum, { accepted }) => sum + accepted, 0),
      refused: some.reduce((sum, { refused }) => sum + refused, 0),
    }))
  const received = days.reduce((sum, one) => sum + one.received, 0)
  const refused = days.reduce((sum, one) => sum + one.refused, 0)
  const tenths = received + refused === 0 ? 0 : Math.round((refused * 1000) / (received + refused))
  return {
    ...(lastSeenOn === undefined
      ? {}
      : { lastSeenOn, silentDays: Math.max(0, today - Math.floor(Date.parse(lastSeenOn) / dayMs)) }),
    ...{ received, refused, refusedPercent: `${Math.floor(tenths / 10)}.${tenths % 10}`, days },
  }
}

function connectionStanding(
  { id, connector, ways }: ShownPartner['connections'][number],
  around: {
    readonly counts: readonly IntakeCount[]
    readonly troubles: ReadonlyMap<string, ConnectionTroubles>
    readonly trials: readonly Trial[]
    readonly now: number
  },
): Record<string, unknown> {
  const own = around.counts.filter(({ connection }) => connection === id)
  const trial = around.trials.find(({ connection }) => connection === id)
  const { days: _, ...volumes } = volumesOf(own, around.now)
  return {
    ...{ id, connector, ways, ...volumes },
    parked: around.troubles.get(id)?.parked ?? 0,
    ...(trial === undefined ? {} : { trial: { at: iso(trial.at), passed: trial.passed } }),
  }
}

/** From nothing to live, in the order in which it is done. */
function checklistOf(
  { connections, certificates: declared }: ShownPartner,
  found: {
    readonly volumes: Volumes
    readonly open: number
    readonly certificates: readonly { readonly isShort: boolean; readonly isUsed: boolean }[]
    readonly active: number
    readonly people: readonly unknown[]
    readonly trials: readonly Trial[]
  },
): readonly ChecklistStep[] {
  const { volumes, open, certificates, active, people, trials } = found
  const step = (name: ChecklistStepName, done: boolean, detail: string): ChecklistStep => ({
    ...{ step: name, done, detail, nextAction: done ? '' : checklistActions[name] },
  })
  const tried = trials.filter(({ passedAt }) => passedAt !== undefined).length
  const good = certificates.filter(({ isShort, isUsed }) => isUsed && !isShort).length
  return [
    step('connection', connections.length > 0, `${connections.length}`),
    step('people', people.length > 0, `${people.length}`),
    step('credentials', active > 0, `${active}`),
    step('trial', tried > 0, `${tried} of ${connections.length}`),
    step('first_message', volumes.lastSeenOn !== undefined, volumes.lastSeenOn ?? ''),
    step('nothing_waits', open === 0, `${open}`),
    ...(declared.length === 0 ? [] : [step('certificates', good > 0, `${good}`)]),
  ]
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
