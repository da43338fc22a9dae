import { InterlineError } from '../base/errors.ts'
import type { CommittedState } from '../flow/committed-states.ts'
import type { Connection } from '../flow/connection.ts'
import type { Gateway } from './gateway.ts'

/** What is read over connections that see one tenant. */
type OwnTables = Pick<
  Gateway,
  | 'backbone'
  | 'references'
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
  | 'listings'
  | 'notifications'
  | 'masterData'
  | 'oauth'
  | 'tracking'
  | 'entrance'
  | 'audit'
>

/**
 * The second wall in memory, where no policy of a table can be: what is held here for all tenants passes only when it is of this one. Whoever
 * asks for another tenant's is answered as if there were none.
 */
export function within(hub: Gateway, tenant: string, tables: OwnTables): Gateway {
  const connections = ownConnections(hub.connections, tenant)
  const isOwn = (one: { readonly tenant: string } | undefined): boolean => one?.tenant === tenant
  const demandOwn = (one: { readonly tenant: string } | undefined): void => {
    if (!isOwn(one)) throw new InterlineError('NOT_FOUND', { what: 'such thing' })
  }
  const demandConnection = (id: string): void => demandOwn(connections().get(id))
  const { node, network, reconciler, intake } = hub
  return {
    ...hub,
    ...tables,
    connections,
    node: { wake: () => node.wake(), ...ownNode(node, tenant, (id) => connections().has(id)) },
    registerWebhook: async (wish) => (demandOwn(wish.connection), hub.registerWebhook(wish)),
    intake: { accept: async (arrival) => (demandOwn(arrival.connection), intake.accept(arrival)) },
    broadcast: {
      demandRoom: (principal) => hub.broadcast.demandRoom(principal),
      // Nobody hears what another tenant's log says.
      join: (follower) => (isOwn(follower.audience) ? hub.broadcast.join(follower) : follower.end()),
      leave: (follower) => hub.broadcast.leave(follower),
    },
    pickUps: () => hub.pickUps().filter(isOwn),
    network: {
      plan: async (principal, sent) => (demandOwn(principal), network.plan(principal, sent)),
      apply: async (principal, sent, revision) => (demandOwn(principal), network.apply(principal, sent, revision)),
      partners: (of) => (of === tenant ? network.partners(of) : []),
      test: async (of, partner) => (of === tenant ? network.test(of, partner) : undefined),
    },
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
      begin: async (connection) => (demandConnection(connection), hub.stockComparer.begin(connection)),
    },
  }
}

/** Made again only when the network changed. */
function ownConnections(all: Gateway['connections'], tenant: string): Gateway['connections'] {
  let of: ReadonlyMap<string, Connection> | undefined
  let own: ReadonlyMap<string, Connection> = new Map()
  return () => {
    const now = all()
    if (now !== of) own = new Map([...now].filter(([, connection]) => connection.tenant === tenant))
    of = now
    return own
  }
}

function ownNode(
  { poller, place: { clock, committed } }: Gateway['node'],
  tenant: string,
  isConnected: (connection: string) => boolean,
): Omit<Gateway['node'], 'wake'> {
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
        known: (subject) => ifOwn(committed.known(subject), tenant),
        read: async (subjects) =>
          new Map([...(await committed.read(subjects))].filter(([, state]) => state.tenant === tenant)),
      },
    },
  }
}

function ifOwn(state: CommittedState | undefined, tenant: string): CommittedState | undefined {
  return state?.tenant === tenant ? state : undefined
}
