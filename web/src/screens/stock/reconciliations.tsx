import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf, answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import { say } from './reconciliation.words.ts'

/** Whether the books of the hub and of other systems agree: comparisons of stock, and of what was posted. */
export function Reconciliations() {
  return (
    <Page title={say('title')}>
      <p>{say('about')}</p>
      <Stock />
      <Postings />
    </Page>
  )
}

function Stock() {
  const queryKey = ['stock-comparisons']
  const query = useQuery({
    queryKey,
    queryFn: () => answered(hub.GET('/v1/stock-comparisons')),
    refetchInterval: 10_000,
  })
  const order = useOrder()
  return (
    <Section title={say('stock')}>
      <Compare
        label={say('compare.stock')}
        queryKey={queryKey}
        ask={(connection) =>
          order(connection, (header) =>
            answered(hub.POST('/v1/stock-comparisons', { params: { header }, body: { connection } })),
          )
        }
      />
      <Loaded query={query}>
        {({ data }) => (
          <Rows
            title={say('stock')}
            name="stock"
            source={addressOf('/v1/stock-comparisons')}
            rows={data}
            rowKey={({ id }) => id}
            empty={say('stock.none')}
            columns={[
              {
                id: 'system',
                title: say('system'),
                cell: ({ id, connection }) => (
                  <To className="row-link" page="/reconciliations/$id" id={id}>
                    {connection}
                  </To>
                ),
              },
              {
                id: 'state',
                title: say('state'),
                cell: ({ state, problem }) => (
                  <>
                    <Status code={state} /> {problem}
                  </>
                ),
              },
              { id: 'taken', title: say('taken'), cell: ({ takenAt }) => <When at={takenAt} /> },
              { id: 'items', title: say('items'), cell: ({ items }) => items },
              { id: 'differences', title: say('differences'), cell: ({ differences }) => differences },
              {
                id: 'causes',
                title: say('causes'),
                cell: ({ causes }) =>
                  Object.entries(causes)
                    .map(([cause, count]) => `${plain(cause)}: ${count}`)
                    .join(', '),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

function Postings() {
  const queryKey = ['reconciliations']
  const query = useQuery({ queryKey, queryFn: () => answered(hub.GET('/v1/reconciliations')) })
  return (
    <Section title={say('postings')}>
      <Compare
        label={say('compare.postings')}
        queryKey={queryKey}
        ask={(connection) => answered(hub.POST('/v1/reconciliations', { body: { connection } }))}
      />
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('postings.none')}</p>
          ) : (
            <ul className="plain-list">
              {data.map((one) => (
                <li key={one.connection}>
                  <strong>{one.connection}</strong> <Status code={one.count === 0 ? 'done' : 'late'} />{' '}
                  {say('postings.counts', { posted: one.posted, booked: one.booked, count: one.count })}
                  {one.complete ? null : ` ${say('postings.incomplete')}`}
                  <ul>
                    {one.differences.map((difference) => (
                      <li key={`${difference.kind} ${difference.externalReference}`}>
                        {plain(difference.kind)}{' '}
                        {difference.effect === undefined ? (
                          difference.externalReference
                        ) : (
                          <To page="/effects/$id" id={difference.effect}>
                            {difference.naturalKey ?? difference.effect}
                          </To>
                        )}{' '}
                        {difference.documentNumbers.join(', ')}
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

interface CompareProps {
  readonly label: string
  readonly queryKey: readonly string[]
  readonly ask: (connection: string) => Promise<unknown>
}

/** Begins a comparison with one system; nothing is changed by it. */
function Compare({ label, queryKey, ask }: CompareProps) {
  const [connection, setConnection] = useState('')
  const queries = useQueryClient()
  const compare = useMutation({
    mutationFn: () => ask(connection.trim()),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        compare.mutate()
      }}
    >
      <TextInput
        label={label}
        required
        maxLength={100}
        value={connection}
        onChange={(event) => setConnection(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={compare.isPending}>
        {say('compare')}
      </Button>
      {compare.error === null ? null : <Refusal error={compare.error} />}
    </form>
  )
}
