import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Board } from '../../parts/board.tsx'
import { Facts } from '../../parts/facts.tsx'
import { FoundObject } from '../../parts/found-object.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { language, plain } from '../../words/words.ts'
import { aboutOf, Budget, percentOf, type SeenPeriod, type SeenSla, SlaState } from './sla-figures.tsx'
import { say } from './slas.words.ts'

/** Lines are drawn by a library of their own, which only pages with lines need. */
const Chart = lazy(() => import('../../parts/chart.tsx').then((module) => ({ default: module.Chart })))
const refreshMs = 15_000

/** One promise: how the running period stands, how it was kept before, and what missed it. */
export function Sla() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['/v1/slas', id],
    queryFn: () => answered(hub.GET('/v1/slas/{id}', { params: { path: { id } } })),
    refetchInterval: refreshMs,
  })
  const periods = useQuery({
    queryKey: ['/v1/slas', id, 'periods'],
    queryFn: () => answered(hub.GET('/v1/slas/{id}/periods', { params: { path: { id } } })),
    refetchInterval: refreshMs,
    enabled: query.data !== undefined,
  })
  return (
    <Loaded query={query}>
      {(seen) => (
        <Page title={seen.id}>
          <p>
            <To page="/slas">{say('back')}</To>
          </p>
          <Running seen={seen} />
          <Loaded query={periods}>
            {({ data }) => (
              <>
                <Section title={say('periods')}>
                  <Past periods={data} zone={seen.timeZone} />
                </Section>
                <Section title={say('misses')}>
                  <Misses id={id} periods={data} zone={seen.timeZone} />
                </Section>
              </>
            )}
          </Loaded>
        </Page>
      )}
    </Loaded>
  )
}

function Running({ seen }: { readonly seen: SeenSla }) {
  const { current, measure, percent, withinMinutes, period, timeZone, owner } = seen
  return (
    <>
      <div className="figure">{percentOf(current?.attainment)}</div>
      <p>
        <SlaState state={current?.state ?? 'unknown'} />
      </p>
      <Facts
        rows={[
          [say('promise'), say('within', { percent, minutes: withinMinutes })],
          [say('measure'), say(measure)],
          [say('about'), aboutOf(seen)],
          [say('period'), `${say(period)} (${say('zone')}: ${timeZone})`],
          [say('budget'), <Budget key="budget" period={current} />],
          [say('rate'), current?.burnRate?.toLocaleString(language()) ?? ''],
          [say('met'), current?.met ?? ''],
          [say('missed'), current?.missed ?? ''],
          [say('open'), current?.open ?? ''],
          [say('nobody'), current?.unknown ?? ''],
          [say('owner'), plain(owner)],
          [say('measured'), current === null ? say('never') : <When key="at" at={current.measuredAt} />],
        ]}
      />
    </>
  )
}

interface PeriodsProps {
  readonly periods: readonly SeenPeriod[]
  readonly zone: string
}

function Past({ periods, zone }: PeriodsProps) {
  if (periods.length === 0) return <p>{say('never')}</p>
  const inOrder = periods.toReversed()
  const isMissed = ({ state }: SeenPeriod): boolean => state === 'missed' || state === 'used_up'
  return (
    <>
      <Suspense fallback={null}>
        <Chart
          times={inOrder.map(({ startsAt }) => Date.parse(startsAt) / 1000)}
          values={inOrder.map(({ attainment }) => attainment)}
          marks={inOrder.map((one) => (isMissed(one) ? one.attainment : null))}
          label={say('periods')}
          timeZone={zone}
        />
      </Suspense>
      <details>
        <summary>{say('periods.table')}</summary>
        <Rows
          title={say('periods')}
          rows={periods}
          rowKey={({ startsAt }) => startsAt}
          columns={[
            { id: 'period', title: say('period'), cell: ({ startsAt }) => dayOf(startsAt, zone) },
            { id: 'state', title: say('state'), cell: ({ state }) => <SlaState state={state} /> },
            { id: 'attainment', title: say('attainment'), cell: ({ attainment }) => percentOf(attainment) },
            { id: 'met', title: say('met'), cell: ({ met }) => met },
            { id: 'missed', title: say('missed'), cell: ({ missed }) => missed },
            { id: 'open', title: say('open'), cell: ({ open }) => open },
            { id: 'unknown', title: say('nobody'), cell: ({ unknown }) => unknown },
            { id: 'budget', title: say('budget'), cell: (period) => <Budget period={period} /> },
          ]}
        />
      </details>
    </>
  )
}

/** What missed in a period, which the URL names. */
function Misses({ id, periods, zone }: PeriodsProps & { readonly id: string }) {
  const values = periods.filter(({ isOver }) => isOver).map(({ startsAt }) => startsAt)
  return (
    <Board
      path="/v1/slas/{id}/misses"
      params={{ id }}
      title={say('misses')}
      rowKey={({ object }) => object}
      filters={[{ name: 'period', title: say('choose'), values, shown: (value) => dayOf(value, zone) }]}
      empty={say('misses.none')}
      columns={[
        {
          id: 'object',
          title: say('object'),
          cell: ({ object, number, page }) => <FoundObject object={object} number={number} page={page} />,
        },
        { id: 'since', title: say('since'), cell: ({ since }) => <When at={since} /> },
        { id: 'detail', title: say('detail'), cell: ({ detail }) => detail },
      ]}
    />
  )
}

function dayOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone }).format(Date.parse(at))
}
