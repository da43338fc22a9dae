import { overlaps } from '../../edi/overlay/validity.ts'
import type { Connection } from '../../flow/connection.ts'
import type { IdentityProvider } from '../../gateway/oidc/provider.ts'
import type { Brand } from '../../gateway/tracking/brand.ts'
import type { ChannelRule } from '../../processes/channel/publication.ts'
import type { NotificationSettings } from '../../processes/notification/settings.ts'
import type { PostingRoute } from '../../processes/postings.ts'
import type { CheckSettings } from '../../watch/check-rounds.ts'
import type { Sla } from '../../watch/slas/sla.ts'
import type { As2Partner } from '../as2/as2-partner.ts'
import type { DeclaredDrop } from '../files/drop-declaration.ts'
import type { DeclaredMailbox } from '../files/mailbox-declaration.ts'
import type { DeclaredPickUp } from '../files/pick-up-declaration.ts'
import { type Agreement, agreedConnector, judgeOverlays, readAgreement } from './agreement-manifest.ts'
import { readCalendarEntry, withCalendars } from './calendar-manifest.ts'
import { readChannels } from './channel-manifest.ts'
import { readChecks } from './check-manifest.ts'
import { type OpenedConnection, readConnection } from './connection-manifest.ts'
import { readAs2Partners, readDrops, readMailboxes, readPickUps } from './exchange-manifests.ts'
import { readIdentityProviders } from './identity-provider-manifest.ts'
import { demandRoom, isManifest } from './manifest-file.ts'
import { readNotifications } from './notification-manifest.ts'
import { type DeclaredOverlay, readOverlay } from './overlay-manifest.ts'
import { type DeclaredPartner, type Partner, readPartner } from './partner.ts'
import { filePlace, type ManifestProblem, type Place, Problems } from './problem.ts'
import { type Policy, policyKey, readPolicy } from './process-manifest.ts'
import { known, type Reading } from './reading.ts'
import { readRoute } from './route-manifest.ts'
import { type Entry, readSections, type Sections, type Source } from './sections.ts'
import { judgeShops } from './shop-numbers.ts'
import { readSlas } from './sla-manifest.ts'
import { readTrackingPages } from './tracking-page-manifest.ts'
import { written } from './written.ts'

/** Which systems the hub is connected to, which command goes where, and what is agreed with whom. */
export interface Network {
  readonly connections: ReadonlyMap<string, Connection>
  readonly routes: readonly PostingRoute[]
  /** What tenants have set for processes, by `policyKey`. */
  readonly policies: ReadonlyMap<string, Policy>
  /** What channels may sell, by tenant. */
  readonly channels: ReadonlyMap<string, readonly ChannelRule[]>
  /** What tenants want of checks otherwise than usual, by `<tenant> <check>`. */
  readonly checks: ReadonlyMap<string, CheckSettings>
  /** Promises about time, of all tenants. */
  readonly slas: readonly Sla[]
  /** Who is told what, by tenant. */
  readonly notifications: ReadonlyMap<string, NotificationSettings>
  /** Pages for recipients of shipments, by tenant. */
  readonly trackingPages: ReadonlyMap<string, Brand>
  /** Who vouches for people, by name. */
  readonly identityProviders: ReadonlyMap<string, IdentityProvider>
  readonly pickUps: readonly DeclaredPickUp[]
  readonly mailboxes: readonly DeclaredMailbox[]
  readonly drops: readonly DeclaredDrop[]
  readonly as2Partners: readonly As2Partner[]
  readonly partners: readonly Partner[]
  /** By connection. */
  readonly agreements: ReadonlyMap<string, readonly Agreement[]>
  readonly overlays: ReadonlyMap<string, DeclaredOverlay>
}

/** A network as far as it could be read, and everything that is wrong with it. */
export interface ReadNetwork {
  readonly network: Network
  readonly sections: Sections
  readonly problems: readonly ManifestProblem[]
}

/** Reads all sources together. Nothing is guessed or left out silently: a network with problems is not used. */
export function readNetwork(sources: readonly Source[], options: Omit<Reading, 'problems'>): ReadNetwork {
  const problems = new Problems()
  const reading = { ...options, problems }
  for (const source of sources) judgeFiles(source, problems)
  const sections = readSections(sources, problems)
  const overlays = byName(reading, sections.overlay, { what: 'overlay', key: 'name' }, (entry) =>
    readOverlay(reading, entry),
  )
  const declaredPartners = byName(reading, sections.partner, { what: 'partner', key: 'id' }, (entry) =>
    readPartner(reading, entry),
  )
  const agreements = readAgreements(reading, sections.agreements, overlays)
  const opened = byName(reading, sections.connections, { what: 'connection', key: 'id' }, (entry) =>
    readConnection(reading, entry, agreements),
  )
  const connections = new Map([...opened].map(([id, { connection }]) => [id, connection]))
  judgeAgreements(reading, agreements, sections, connections)
  if (reading.isApplied) judgeOverlays(reading, overlays, [...agreements.values()].flat())
  const exchanges = readExchanges(reading, sections, connections)
  const routes = sections.routes.flatMap((entry) => readRoute(reading, entry, connections) ?? [])
  const policies = readPolicies(reading, sections)
  const channels = readChannels(reading, sections.channels, connections)
  twice(reading, sections.channels, 'the channel', ({ target }) => written(target))
  const checks = readChecks(reading, sections.checks)
  twice(reading, sections.checks, 'the check', ({ tenant, check }) => [tenant, check].map(written).join(' ').trim())
  const notifications = readNotifications(reading, sections, connections)
  twice(reading, sections.notifications, 'the notification', ({ name }) => written(name))
  twice(
    reading,
    sections.notificationTexts,
    'the text of',
    ({ event, locale }) => `${written(event)} ${written(locale)}`,
  )
  const trackingPages = readTrackingPages(reading, sections.trackingPages, connections)
  twice(reading, sections.trackingPages, 'the tracking page', ({ name }) => written(name))
  twice(
    reading,
    sections.trackingPages,
    'a tracking page of the tenant',
    ({ tenant }, source) => written(tenant) || source.tenant,
  )
  const identityProviders = readIdentityProviders(reading, sections.identityProviders)
  twice(reading, sections.identityProviders, 'the identity provider', ({ name }) => written(name))
  const partners = partnersOf(reading, declaredPartners, opened)
  const slas = readSlas(reading, sections.slas, {
    connections,
    partners: new Map(partners.map((partner) => [partner.id, partner])),
  })
  twice(reading, sections.slas, 'the SLA', ({ tenant, sla }) => [tenant, sla].map(written).join(' ').trim())
  judgeTenants(reading, sections, opened)
  return {
    network: {
      connections,
      routes,
      policies,
      channels,
      checks,
      notifications,
      trackingPages,
      identityProviders,
      ...exchanges,
      partners,
      agreements,
      overlays,
      slas,
    },
    sections,
    problems: problems.list,
  }
}

function readPolicies(reading: Reading, sections: Sections): ReadonlyMap<string, Policy> {
  const keyOf = ({ values, source }: Entry): string =>
    policyKey(written(values['tenant']) === '' ? source.tenant : written(values['tenant']), written(values['process']))
  const places = new Map<string, Place>()
  for (const entry of sections.processes) {
    const key = keyOf(entry)
    const first = places.get(key)
    if (first === undefined) places.set(key, entry.place)
    else addTwice(reading, entry.place, `process ${written(entry.values['process'])}`, first)
  }
  twice(reading, sections.calendars, 'the calendar', ({ tenant, name }) => [tenant, name].map(written).join(' ').trim())
  const calendars = sections.calendars.flatMap((entry) => readCalendarEntry(reading, entry) ?? [])
  return new Map(
    sections.processes.flatMap((entry) => {
      const policy = readPolicy(reading, entry)
      const [process, tenant] = [
        written(entry.values['process']),
        written(entry.values['tenant']) || entry.source.tenant,
      ]
      return policy === undefined
        ? []
        : [[keyOf(entry), withCalendars({ policy, tenant, process }, calendars)] as const]
    }),
  )
}

function readExchanges(
  reading: Reading,
  sections: Sections,
  connections: ReadonlyMap<string, Connection>,
): Pick<Network, 'pickUps' | 'mailboxes' | 'drops' | 'as2Partners'> {
  const mailboxes = readMailboxes(reading, sections.mailboxes, connections)
  const users = new Map(sections.mailboxes.map(({ values, place }) => [written(values['user']), place]))
  for (const { values, place } of sections.drops)
    if (values['protocol'] === 'mailbox')
      known(reading, users, values['user'], { what: 'mailbox of', place: place.at('user') })
  twice(reading, sections.mailboxes, 'mailbox', ({ user }) => written(user))
  twice(reading, sections.drops, 'the drop of', ({ connection }) => written(connection))
  twice(reading, sections.as2Partners, 'the AS2 partner of', ({ connection }) => written(connection))
  twice(reading, sections.as2Partners, 'the pair of AS2 names', ({ ourName, partnerName }) =>
    [ourName, partnerName].map(written).join(' and '),
  )
  return {
    mailboxes,
    pickUps: readPickUps(reading, sections.pickUps, connections),
    drops: readDrops(reading, sections.drops, connections),
    as2Partners: readAs2Partners(reading, sections.as2Partners, connections),
  }
}

/** Whatever has a name has it alone, over all sources. */
function byName<T>(
  reading: Reading,
  entries: readonly Entry[],
  { what, key }: { readonly what: string; readonly key: string },
  read: (entry: Entry) => T | undefined,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  const places = new Map<string, Place>()
  for (const entry of entries) {
    const name = written(entry.values[key])
    const first = places.get(name)
    if (first !== undefined) {
      addTwice(reading, entry.place, `${what} ${name}`, first)
      continue
    }
    // Without a name nothing comes twice; the reader says that it is missing.
    if (name !== '') places.set(name, entry.place)
    const one = read(entry)
    if (one !== undefined) found.set(name, one)
  }
  return found
}

function twice(
  reading: Reading,
  entries: readonly Entry[],
  what: string,
  name: (values: Entry['values'], source: Source) => string,
): void {
  const places = new Map<string, Place>()
  for (const { place, values, source } of entries) {
    const key = name(values, source)
    const first = places.get(key)
    if (first === undefined) places.set(key, place)
    else addTwice(reading, place, `${what} ${key}`, first)
  }
}

function addTwice({ problems }: Reading, place: Place, what: string, first: Place): void {
  problems.add('MANIFEST_DUPLICATE', place, { what, first: `${first.file} line ${first.line}` })
}

/** All that was, is and will be agreed about a connection, the earliest first. On no day are there two of them. */
function readAgreements(
  reading: Reading,
  entries: readonly Entry[],
  overlays: ReadonlyMap<string, DeclaredOverlay>,
): ReadonlyMap<string, readonly Agreement[]> {
  const found = new Map<string, readonly Agreement[]>()
  for (const entry of entries) {
    const one = readAgreement(reading, entry, overlays)
    if (one === undefined) continue
    const others = found.get(one.connection) ?? []
    const other = others.find((another) => overlaps(one, another))
    if (other === undefined)
      found.set(
        one.connection,
        [...others, one].toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)),
      )
    else addTwice(reading, entry.place, `the agreement of connection ${one.connection}`, other.entry.place)
  }
  return found
}

/** An agreement is about a connection that there is, to a partner with documents. */
function judgeAgreements(
  reading: Reading,
  agreements: ReadonlyMap<string, readonly Agreement[]>,
  { connections: entries }: Sections,
  connections: ReadonlyMap<string, Connection>,
): void {
  const declared = new Map(entries.map(({ values }) => [written(values['id']), values['connector']]))
  for (const { connection, entry } of [...agreements.values()].flat()) {
    const place = entry.place.at('connection')
    const found = known(reading, declared, connection, { what: 'connection', place })
    const opened = connections.get(connection)
    if (found !== undefined && opened !== undefined && opened.connector.id !== agreedConnector)
      reading.problems.add('MANIFEST_VALUE_INVALID', place, {
        key: 'connection',
        problem: `only connections of ${agreedConnector} have agreements.`,
      })
  }
}

function partnersOf(
  reading: Reading,
  declared: ReadonlyMap<string, DeclaredPartner>,
  opened: ReadonlyMap<string, OpenedConnection>,
): readonly Partner[] {
  for (const { partner, entry } of opened.values())
    if (partner !== undefined && entry.values['partner'] !== undefined)
      known(reading, declared, partner, { what: 'partner', place: entry.place.at('partner') })
  return [...declared.values()].map((one) => ({
    ...one,
    connections: [...opened.values()]
      .filter(({ partner }) => partner === one.id)
      .map(({ connection }) => connection.id),
  }))
}

/** Nobody declares for others, but who may do everything; and no two shops of one tenant share their orders. */
function judgeTenants(reading: Reading, sections: Sections, opened: ReadonlyMap<string, OpenedConnection>): void {
  judgeShops(reading, opened)
  const { calendars, channels, checks, connections, notifications, notificationTexts, partner, processes, routes } =
    sections
  const { trackingPages, identityProviders, slas } = sections
  const all = [
    calendars,
    channels,
    checks,
    connections,
    notifications,
    notificationTexts,
    partner,
    processes,
    routes,
    slas,
    trackingPages,
    identityProviders,
  ].flat()
  for (const entry of all) {
    const { source, place, values } = entry
    const tenant = values['tenant'] ?? source.tenant
    if (source.mayDeclareAny || tenant === source.tenant || tenant === '') continue
    const problem = 'it is not the tenant of the key that applies.'
    reading.problems.add('MANIFEST_VALUE_INVALID', place.at('tenant'), { key: 'tenant', problem })
  }
}

/** Private keys are secrets, whatever file they hide in. */
function judgeFiles({ files }: Source, problems: Problems): void {
  demandRoom(files)
  for (const { path, bytes } of files)
    if (!isManifest(path) && bytes.includes('PRIVATE KEY-----'))
      problems.add('MANIFEST_SECRET_SHOWN', filePlace(path), { key: 'a private key' })
}
