import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'
import { may, useWho } from '../shell/who.ts'

type Names = ReadonlyMap<string, string>

interface Source {
  /** Without it nobody is asked. */
  readonly scope: string
  /** Values, each with what people call it; empty where they call it so. */
  readonly read: () => Promise<Names>
}

const none: Names = new Map()

/** Sets of values that the hub knows. */
const sources = {
  carriers: {
    scope: 'master-data:read',
    read: async () => {
      const [{ data }, partners] = await Promise.all([master('carriers'), readPartners()])
      const named = data.map(({ key, body }) => [key, nameOf(body)] as const)
      return new Map([...partners.flatMap((one) => one.carriers.map((code) => [code, one.name] as const)), ...named])
    },
  },
  connections: {
    scope: 'flow:read',
    read: async () => {
      const { connections } = await answered(hub.GET('/v1/flow'))
      return new Map(connections.map(({ id, connector }) => [id, connector === id ? '' : connector]))
    },
  },
  locations: {
    scope: 'master-data:read',
    read: async () => new Map((await master('locations')).data.map(({ key, body }) => [key, nameOf(body)])),
  },
  parkedCodes: {
    scope: 'parked:read',
    read: async () => new Map((await answered(hub.GET('/v1/parked-groups'))).data.map(({ code }) => [code, ''])),
  },
  partners: {
    scope: 'network:read',
    read: async () => new Map((await readPartners()).map(({ id, name }) => [id, name])),
  },
  processes: {
    scope: 'processes:read',
    read: async () => new Map((await answered(hub.GET('/v1/processes'))).data.map(({ id, title }) => [id, title])),
  },
} as const satisfies Readonly<Record<string, Source>>

/** One of them. */
export type KnownSet = keyof typeof sources

/** What the hub knows of a set; nothing until it has said so, or where somebody may not ask. */
export function useKnown(set: KnownSet | undefined): Names {
  const { data: who } = useWho()
  const source: Source | undefined = set === undefined ? undefined : sources[set]
  const { data } = useQuery({
    queryKey: ['known', set ?? ''],
    queryFn: () => source?.read() ?? none,
    enabled: source !== undefined && may(who?.scopes, source.scope),
    staleTime: 60_000,
    // Without it one types: nothing is lost that somebody has to be told.
    retry: false,
  })
  return data ?? none
}

async function readPartners() {
  return (await answered(hub.GET('/v1/partners'))).data
}

function master(kind: 'carriers' | 'locations') {
  return answered(hub.GET('/v1/master-data/{kind}', { params: { path: { kind }, query: { limit: '200' } } }))
}

function nameOf(body: Readonly<Record<string, unknown>>): string {
  return typeof body['name'] === 'string' ? body['name'] : ''
}
