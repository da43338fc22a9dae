import { InterlineError } from '../../base/errors.ts'
import type { CommittedState } from '../../flow/advance/committed-states.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Gateway } from '../gateway.ts'
import { runsTheHub } from './operator.ts'

/** What is read over connections that see one tenant. */
type OwnTables = Pick<
  Gateway,
  | 'backbone'
  | 'references'
  | 'parts'
  | 'trials'
  | 'certificates'
  | 'shipments'
  | 'stock'
  | 'businessDocuments'
  | 'postings'
  | 'transmissions'
  | 'tasks'
  | 'processes'
  | 'overview'
  | 'stockComparisons'
  | 'checkDesk'
  | 'slaDesk'
  | 'alertDesk'
  | 'exceptionDesk'
  | 'contractDesk'
  | 'quotaDesk'
  | 'flow'
  | 'listings'
  | 'notifications'
  | 'masterData'
  | 'oauth'
  | 'tracking'
  | 'savedViews'
  | 'entrance'
  | 'audit'
  | 'privacy'
>

/** Who asks: staff and systems of a tenant, or one of its partners, who sees what goes through its own connections. */
export interface Asker {
  readonly tenant: string
  readonly partner?: { readonly id: string; readonly connections: ReadonlySet<string> }
}

/**
 * The second wall in memory, where no policy of a table can be: what is held here for all tenants passes only when it is of this one. Whoever
 * asks for another tenant's is answered as if there were none.
 */
export function within(hub: Gateway, { tenant, partner }: Asker, tables: OwnTables): Gateway {
  const connections = ownConnections(hub.connections, { tenant, ...(partner === undefined ? {} : { partner }) })
  const isOwn = (one: { readonly tenant: string } | undefined): boolean => one?.tenant === tenant
  const demandOwn = (one: { readonly tenant: string } | undefined): void => {
    if (!isOwn(one)) throw new InterlineError('NOT_FOUND', { what: 'such thing' })
  }
  // What partners say comes through their connections, at the door.
  const demandStaff = (): void => demandOwn(partner === undefined ? { tenant } : undefined)
  const demandConnection = (id: string): void => demandOwn(connections().get(id))
  const { node, network, reconciler, intake } = hub
  return {
    ...hub,
    ...tables,
    isPartners: partner !== undefined,
    connections,
    node: {
      wake: () => node.wake(),
      ...ownNode(
        node,
        { tenant, ...(partner === undefined ? {} : { partner }) },
        {
          isConnected: (id) => connections().has(id),
          parts: tables.parts,
        },
      ),
    },
    sendExample: async (subscription, example) => (
      demandOwn(hub.connections().get(`subscription:${subscription}`)), hub.sendExample(subscription, example)
    ),
    registerWebhook: async (wish) => (demandOwn(wish.connection), hub.registerWebhook(wish)),
    intake: { accept: async (arrival) => (demandOwn(arrival.connection), demandStaff(), intake.accept(arrival)) },
    broadcast: {
      demandRoom: (principal) => hub.broadcast.demandRoom(principal),
      // Nobody hears what another tenant's log says.
      join: (follower) =>
        isOwn(follower.audience) && partner === undefined ? hub.broadcast.join(follower) : follower.end(),
      leave: (follower) => hub.broadcast.leave(follower),
    },
    secrets: { standing: async (of) => (demandOwn({ tenant: of }), demandStaff(), hub.secrets.standing(of)) },
    // Days of the log are of everybody.
    retention: async () => {
      const { keepDays, retired } = await hub.retention()
      return { keepDays, ...(runsTheHub(tenant) && retired !== undefined ? { retired } : {}) }
    },
    pickUps: () => hub.pickUps().filter((one) => isOwn(one) && connections().has(one.connection)),
    network: ownNetwork(network, { tenant, ...(partner === undefined ? {} : { partner }) }, connections),
    notificationDesk: {
      events: hub.notificationDesk.events,
      preview: (of, wish) => (of === tenant ? hub.notificationDesk.preview(of, wish) : undefined),
    },
    reconciler: {
      get results() {
        return reconciler.results.filter(({ connection }) => connections().has(connection))
      },
      reconcile: async (connection, since) => (demandConnection(connection), reconciler.reconcile(connection, since)),
    },
    stockComparer: {
      begin: async (connection, once) => (demandConnection(connection), hub.stockComparer.begin(connection, once)),
    },
  }
}

function ownNetwork(
  network: Gateway['network'],
  { tenant, partner }: Asker,
  connections: Gateway['connections'],
): Gateway['network'] {
  const isShown = (id: string): boolean => partner === undefined || partner.id === id
  const demandStaff = (of: string): void => {
    if (of !== tenant || partner !== undefined) throw new InterlineError('NOT_FOUND', { what: 'such thing' })
  }
  return {
    plan: async (principal, sent) => (demandStaff(principal.tenant), network.plan(principal, sent)),
    apply: async (principal, sent, revision) => (
      demandStaff(principal.tenant), network.apply(principal, sent, revision)
    ),
    partners: (of) => (of === tenant ? network.partners(of).filter(({ id }) => isShown(id)) : []),
    tryDocument: async (connection, document) => {
      if (!connections().has(connection.id)) throw new InterlineError('NOT_FOUND', { what: 'such thing' })
      return network.tryDocument(connection, document)
    },
    examples: (connection) => {
      if (!connections().has(connection.id)) throw new InterlineError('NOT_FOUND', { what: 'such thing' })
      return network.examples(connection)
    },
    readCertificate: (bytes, use) => network.readCertificate(bytes, use),
    certificateTargets: (of, id) => (of === tenant && isShown(id) ? network.certificateTargets(of, id) : []),
    arrivals: async (of, asked, since) => {
      const own = asked.filter((id) => connections().has(id))
      return of === tenant ? network.arrivals(of, own, since) : []
    },
    test: async (of, id) => (of === tenant && isShown(id) ? network.test(of, id) : undefined),
  }
}

/** Made again only when the network changed. */
function ownConnections(all: Gateway['connections'], { tenant, partner }: Asker): Gateway['connections'] {
  let of: ReadonlyMap<string, Connection> | undefined
  let own: ReadonlyMap<string, Connection> = new Map()
  return () => {
    const now = all()
    if (now !== of)
      own = new Map([...now].filter(([id, one]) => one.tenant === tenant && (partner?.connections.has(id) ?? true)))
    of = now
    return own
  }
}

function ownNode(
  { poller, place: { clock, committed } }: Gateway['node'],
  { tenant, partner }: Asker,
  { isConnected, parts }: { readonly isConnected: (connection: string) => boolean; readonly parts: Gateway['parts'] },
): Omit<Gateway['node'], 'wake'> {
  const isOwn = (one: CommittedState): boolean => one.tenant === tenant && isWrittenTo(partner, one.state)
  // Whether a partner has a part in an object is written in a table that shows a partner nothing of the others.
  const read: typeof committed.read = async (subjects) => {
    const found = [...(await committed.read(subjects))].filter(([, one]) => one.tenant === tenant)
    const theirs = partner === undefined ? undefined : await parts.of(found.map(([subject]) => subject))
    return new Map(found.filter(([subject, one]) => isOwn(one) || theirs?.has(subject) === true))
  }
  return {
    poller: {
      counts: () => poller.counts().filter(({ connection }) => isConnected(connection)),
      ask: async (connection, asked) => {
        if (connection.tenant !== tenant) throw new InterlineError('CONNECTION_UNKNOWN', { connection: connection.id })
        return poller.ask(connection, asked)
      },
    },
    place: {
      clock,
      committed: {
        known: (subject) => {
          const state = committed.known(subject)
          return state !== undefined && isOwn(state) ? state : undefined
        },
        read,
      },
    },
  }
}

/** Of objects a partner sees the documents that were written to it. */
function isWrittenTo(partner: Asker['partner'], state: unknown): boolean {
  if (partner === undefined) return true
  const { report } = state as { readonly report?: { readonly connection?: string } }
  return report?.connection !== undefined && partner.connections.has(report.connection)
}
