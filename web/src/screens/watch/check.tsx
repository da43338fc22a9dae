import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { CheckState } from '../../parts/check-state.tsx'
import { Facts } from '../../parts/facts.tsx'
import { figureOf } from '../../parts/figure.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { inWords } from '../../words/checks.ts'
import { plain } from '../../words/words.ts'
import { CheckRows } from './check-rows.tsx'
import { say } from './checks.words.ts'

type Seen = paths['/v1/checks/{id}']['get']['responses']['200']['content']['application/json']

/** Lines are drawn by a library of their own, which only this page needs. */
const Chart = lazy(() => import('../../parts/chart.tsx').then((module) => ({ default: module.Chart })))
const refreshMs = 15_000

/** One business question: its answer, why it matters, who acts, how it was before, and what is behind it. */
export function Check() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['/v1/checks', id],
    queryFn: async () => inWords(await answered(hub.GET('/v1/checks/{id}', { params: { path: { id } } }))),
    refetchInterval: refreshMs,
  })
  return (
    <Loaded query={query}>
      {(seen) => (
        <Page title={seen.question}>
          <p>
            <To page="/">{say('back')}</To>
            {seen.list === undefined ? null : (
              <>
                {' · '}
                <To page={seen.list.page} search={seen.list.search}>
                  {say('list')}
                </To>
              </>
            )}
          </p>
          <Answer seen={seen} />
          <Breakdown seen={seen} />
          <Past id={id} unit={seen.unit} question={seen.question} />
          <Section title={say('rows')}>
            <CheckRows id={id} title={seen.question} />
          </Section>
        </Page>
      )}
    </Loaded>
  )
}

function Answer({ seen }: { readonly seen: Seen }) {
  return (
    <>
      <div className="figure">
        {figureOf(seen.value, seen.unit)}{' '}
        <small>
          {seen.value === null || seen.unit === 'seconds' ? null : plain(seen.unit)}{' '}
          {seen.asked === null ? null : say('asked', { count: seen.asked })}
        </small>
      </div>
      <p>
        <CheckState state={seen.state} />{' '}
        {seen.since === null ? null : (
          <>
            {say('since')} <When at={seen.since} />
          </>
        )}
      </p>
      <Facts
        rows={[
          [say('next'), seen.nextAction],
          [say('owner'), plain(seen.owner)],
          [say('meaning'), seen.meaning],
          [say('unknown'), seen.unknown],
          [say('limits'), `${figureOf(seen.amber, seen.unit)}, ${figureOf(seen.red, seen.unit)}`],
          [say('grace'), seen.graceMinutes === 0 ? '' : say('minutes', { count: seen.graceMinutes })],
          [say('answered'), seen.at === null ? say('never') : <When key="at" at={seen.at} />],
          [say('source'), <code key="metric">{seen.metric}</code>],
        ]}
      />
    </>
  )
}

function Breakdown({ seen: { breakdown, labels, unit } }: { readonly seen: Seen }) {
  if (breakdown.length === 0 || labels.length === 0) return null
  return (
    <Section title={say('breakdown')}>
      <Rows
        title={say('breakdown')}
        name="breakdown"
        rows={breakdown}
        rowKey={(row) => JSON.stringify(row.labels)}
        columns={[
          ...labels.map((name) => ({
            id: name,
            title: plain(name),
            cell: (row: Seen['breakdown'][number]) => row.labels[name] ?? '',
          })),
          { id: 'value', title: say('value'), by: ({ value }) => value, cell: ({ value }) => figureOf(value, unit) },
        ]}
      />
    </Section>
  )
}

function Past({ id, unit, question }: { readonly id: string; readonly unit: string; readonly question: string }) {
  const query = useQuery({
    queryKey: ['/v1/checks', id, 'history'],
    queryFn: () => answered(hub.GET('/v1/checks/{id}/history', { params: { path: { id } } })),
    refetchInterval: 60_000,
  })
  return (
    <Section title={say('history')}>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('history.none')}</p>
          ) : (
            <>
              <Suspense fallback={null}>
                <Chart
                  times={data.map(({ at }) => Date.parse(at) / 1000)}
                  values={data.map(({ value }) => value)}
                  label={question}
                />
              </Suspense>
              <details>
                <summary>{say('history.table')}</summary>
                <Rows
                  title={say('history')}
                  rows={data.toReversed()}
                  rowKey={({ at }) => at}
                  columns={[
                    { id: 'at', title: say('at'), cell: ({ at }) => <When at={at} /> },
                    { id: 'value', title: say('value'), cell: ({ value }) => figureOf(value, unit) },
                    { id: 'state', title: say('state'), cell: ({ state }) => <CheckState state={state} /> },
                  ]}
                />
              </details>
            </>
          )
        }
      </Loaded>
    </Section>
  )
}
