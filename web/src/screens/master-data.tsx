import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'
import type { paths } from '../api/schema.ts'
import { useFilters } from '../parts/filters.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { When } from '../parts/when.tsx'
import { may, useWho } from '../shell/who.ts'
import { say } from './master-data.words.ts'
import { MasterImport } from './master-import.tsx'
import { UnknownCodes } from './unknown-codes.tsx'

/** Kinds of master data, as they stand in addresses. */
export const masterKinds = ['items', 'locations', 'parties', 'carriers', 'services', 'cross-references'] as const
const fields = [
  { name: 'kind', title: say('kind') },
  { name: 'search', title: say('search') },
]
type Row = paths['/v1/master-data/{kind}']['get']['responses']['200']['content']['application/json']['data'][number]

/** What others call our things: codes that hold messages up, rows, and files of them. */
export function MasterData() {
  const [wanted, want] = useFilters(fields)
  const { kind = 'cross-references', search = '' } = wanted
  const { data: who } = useWho()
  const isAllowed = may(who?.scopes, 'master-data:write')
  return (
    <Page title={say('title')}>
      <UnknownCodes isAllowed={isAllowed} />
      <Section title={say('rows')}>
        <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
          <NativeSelect
            label={say('kind')}
            value={kind}
            data={masterKinds.map((value) => ({ value, label: say(value) }))}
            onChange={(event) => want('kind', event.currentTarget.value)}
          />
          <TextInput
            key={search}
            label={say('search')}
            defaultValue={search}
            maxLength={200}
            onBlur={(event) => want('search', event.currentTarget.value.trim())}
            onKeyDown={(event) => {
              if (event.key === 'Enter') want('search', event.currentTarget.value.trim())
            }}
          />
        </form>
        <Rows kind={kind} search={search} isAllowed={isAllowed} />
      </Section>
      {isAllowed ? <MasterImport key={kind} kind={kind} /> : null}
    </Page>
  )
}

interface RowsProps {
  readonly kind: string
  readonly search: string
  readonly isAllowed: boolean
}

function Rows({ kind, search, isAllowed }: RowsProps) {
  const list = useInfiniteQuery({
    queryKey: ['master-data', kind, search],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: '100',
        ...(search === '' ? {} : { search }),
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }
      return answered(hub.GET('/v1/master-data/{kind}', { params: { path: { kind }, query } }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
  })
  const rows = list.data?.pages.flatMap(({ data }) => data) ?? []
  if (list.error !== null) return <Refusal error={list.error} retry={list.refetch} />
  if (list.data !== undefined && rows.length === 0) return <p>{say('rows.none')}</p>
  return (
    <>
      <div className="board" tabIndex={0} role="region" aria-label={say('rows')}>
        <table aria-label={say('rows')}>
          <thead>
            <tr>
              {(['key', 'body', 'version', 'changed', 'by'] as const).map((word) => (
                <th key={word} scope="col">
                  {say(word)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td>
                  <strong>{row.key}</strong> {isAllowed ? <Approve kind={kind} row={row} /> : null}
                </td>
                <td>{members(row.body)}</td>
                <td>{row.version}</td>
                <td>
                  <When at={row.changedAt} />
                </td>
                <td>{row.changedBy}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage ? (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => {
            // A page that does not come is shown as the error of the list.
            list.fetchNextPage().catch(() => undefined)
          }}
        >
          {say('more')}
        </Button>
      ) : null}
    </>
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
    onSuccess: () => queries.invalidateQueries({ queryKey: ['master-data'] }),
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
