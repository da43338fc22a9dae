import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Panels, Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { language, plain } from '../../words/words.ts'
import { Settings } from './settings.tsx'
import { say } from './words.ts'

type Found = paths['/v1/system']['get']['responses']['200']['content']['application/json']

/** The hub as whoever runs it has to know it. */
export function System() {
  const query = useQuery({
    queryKey: ['/v1/system'],
    queryFn: () => answered(hub.GET('/v1/system')),
    refetchInterval: 10_000,
  })
  return (
    <Page title={say('title')}>
      <Loaded query={query}>
        {(found) => (
          <>
            <p>Interline {found.version}</p>
            <Instances of={found.instances} />
            <Panels>
              <Partitions of={found} />
              <Database of={found.database} />
            </Panels>
            <Settings of={found.settings} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Instances({ of }: { readonly of: Found['instances'] }) {
  return (
    <Section title={say('instances')}>
      <Rows
        title={say('instances')}
        rows={of}
        rowKey={({ instance }) => instance}
        columns={[
          { id: 'instance', title: say('instance'), cell: ({ instance }) => instance.slice(0, 8) },
          { id: 'version', title: say('version'), cell: ({ version }) => version },
          { id: 'host', title: say('host'), cell: ({ host, process }) => `${host} ${process}` },
          { id: 'roles', title: say('roles'), cell: ({ roles }) => roles.join(', ') },
          { id: 'started', title: say('started'), cell: ({ startedAt }) => <When at={startedAt} /> },
          {
            id: 'heard',
            title: say('heard'),
            cell: ({ seenAt, isSilent }) => (
              <>
                <When at={seenAt} /> {isSilent ? <Status code={say('silent')} tone="bad" /> : null}
              </>
            ),
          },
          { id: 'memory', title: say('memory'), cell: ({ memoryBytes }) => bytes(memoryBytes) },
          { id: 'delay', title: say('delay'), cell: ({ eventLoopDelayMs }) => `${eventLoopDelayMs} ms` },
        ]}
      />
    </Section>
  )
}

function Partitions({ of: { partitions, instances } }: { readonly of: Found }) {
  const hostOf = (id: string): string => {
    const one = instances.find(({ instance }) => instance === id)
    return one === undefined ? id.slice(0, 8) : `${one.host} ${one.process}`
  }
  return (
    <Section title={say('partitions')}>
      <Rows
        title={say('partitions')}
        rows={partitions}
        rowKey={({ stage, partition }) => `${stage} ${partition}`}
        columns={[
          { id: 'stage', title: say('stage'), cell: ({ stage }) => plain(stage) },
          { id: 'partition', title: say('partition'), cell: ({ partition }) => partition },
          {
            id: 'instance',
            title: say('instance'),
            cell: ({ instance }) => (instance === '' ? say('nobody') : hostOf(instance)),
          },
          { id: 'epoch', title: say('epoch'), cell: ({ epoch }) => epoch },
          { id: 'waiting', title: say('waiting'), cell: ({ waiting }) => waiting.toLocaleString(language()) },
        ]}
      />
    </Section>
  )
}

function Database({ of }: { readonly of: Found['database'] }) {
  return (
    <Section title={say('database')}>
      <Facts
        rows={[
          [say('version'), `PostgreSQL ${of.version}`],
          [say('size'), bytes(of.bytes)],
          [say('connections'), say('of', { used: of.connections, most: of.connectionsMost })],
          [say('migration'), `${of.migration} (${of.migrations})`],
        ]}
      />
      <Rows
        title={say('database')}
        rows={of.tables}
        rowKey={({ name }) => name}
        columns={[
          { id: 'table', title: say('table'), cell: ({ name }) => name },
          { id: 'size', title: say('size'), cell: ({ bytes: size }) => bytes(size) },
        ]}
      />
    </Section>
  )
}

/** In the unit that says it shortest. */
function bytes(count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(count, 1)) / Math.log(1000)))
  const unit = units[power] ?? 'byte'
  return new Intl.NumberFormat(language(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    count / 1000 ** power,
  )
}
