import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Board } from '../../parts/board.tsx'
import { useFilters } from '../../parts/filters.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { say } from './master-data.words.ts'
import { MasterImport } from './master-import.tsx'
import { UnknownCodes } from './unknown-codes.tsx'

/** Kinds of master data, as they stand in addresses. A test holds them to those of the hub. */
const masterKinds = [
  'items',
  'locations',
  'parties',
  'carriers',
  'services',
  'substitutes',
  'cross-references',
] as const
const fields = [{ name: 'kind', title: say('kind') }]
type Row = paths['/v1/master-data/{kind}']['get']['responses']['200']['content']['application/json']['data'][number]

/** What others call our things: codes that hold messages up, rows, and files of them. */
export function MasterData() {
  const [wanted, want] = useFilters(fields)
  const { kind = 'cross-references' } = wanted
  const { data: who } = useWho()
  const isAllowed = may(who?.scopes, 'master-data:write')
  return (
    <Page title={say('title')}>
      <UnknownCodes isAllowed={isAllowed} />
      <Section title={say('rows')}>
        <form className="filters" onSubmit={(event) => event.preventDefault()}>
          <NativeSelect
            label={say('kind')}
            value={kind}
            data={masterKinds.map((value) => ({ value, label: say(value) }))}
            onChange={(event) => want('kind', event.currentTarget.value)}
          />
        </form>
        <Board
          key={kind}
          path="/v1/master-data/{kind}"
          params={{ kind }}
          title={say('rows')}
          rowKey={({ key }) => key}
          filters={[{ name: 'search', title: say('search') }]}
          empty={say('rows.none')}
          columns={[
            {
              id: 'key',
              title: say('key'),
              cell: (row) => (
                <>
                  <strong>{row.key}</strong> {isAllowed ? <Approve kind={kind} row={row} /> : null}
                </>
              ),
            },
            { id: 'body', title: say('body'), cell: ({ body }) => members(body) },
            { id: 'version', title: say('version'), cell: ({ version }) => version },
            { id: 'changed', title: say('changed'), cell: ({ changedAt }) => <When at={changedAt} /> },
            { id: 'by', title: say('by'), cell: ({ changedBy }) => changedBy },
          ]}
        />
      </Section>
      {isAllowed ? <MasterImport key={kind} kind={kind} /> : null}
    </Page>
  )
}

/** A translation that somebody proposed counts once somebody approves it. */
function Approve({ kind, row }: { readonly kind: string; readonly row: Row }) {
  const queries = useQueryClient()
  const approve = useMutation({
    mutationFn: () => {
      const params = { path: { kind, key: row.key }, header: { 'If-Match': `"v${row.version}"` } }
      const body = { ...row.body, status: 'active' }
      return answered(hub.PUT('/v1/master-data/{kind}/{key}', { params, body }))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/v1/master-data/{kind}'] }),
  })
  if (row.body['status'] !== 'proposed') return null
  return (
    <>
      <Button size="compact-xs" variant="default" loading={approve.isPending} onClick={() => approve.mutate()}>
        {say('approve', { key: row.key })}
      </Button>
      {approve.error === null ? null : <Refusal error={approve.error} />}
    </>
  )
}

function members(body: Row['body']): string {
  return Object.entries(body)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')
    .slice(0, 300)
}
