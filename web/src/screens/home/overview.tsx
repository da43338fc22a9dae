import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain, say } from '../../words/words.ts'
import { CheckTiles } from '../watch/check-tiles.tsx'
import { SoonLate } from '../watch/soon-late.tsx'

const refreshMs = 3000

/** Is the business flowing, and what needs a person now? */
export function Overview() {
  const query = useQuery({
    queryKey: ['overview'],
    queryFn: () => answered(hub.GET('/v1/overview')),
    refetchInterval: refreshMs,
  })
  return (
    <Page title={say('nav.overview')}>
      <Loaded query={query}>{(seen) => <Figures seen={seen} />}</Loaded>
    </Page>
  )
}

type Seen = paths['/v1/overview']['get']['responses']['200']['content']['application/json']

function Figures({ seen }: { readonly seen: Seen }) {
  return (
    <>
      {seen.messages.unaccounted !== null && <Accounted unaccounted={seen.messages.unaccounted} />}
      <CheckTiles />
      <div className="cards">
        <Messages {...seen.messages} />
        <Counts
          title={say('overview.tasks')}
          empty={say('overview.tasks.none')}
          rows={seen.tasks.map(({ role, open, overdue }) => ({
            key: role,
            name: plain(role),
            page: '/tasks',
            search: { role },
            count: say('overview.task', { open, overdue }),
          }))}
        />
        <Counts
          title={say('overview.exceptions')}
          empty={say('overview.exceptions.none')}
          rows={seen.exceptions.map(({ category, count }) => ({
            key: category,
            name: plain(category),
            page: '/shipments',
            search: { exception: category },
            count,
          }))}
        />
        <Counts
          title={say('overview.shipments')}
          empty={say('list.empty')}
          rows={seen.shipments.map(({ status, count }) => ({
            key: status,
            name: <Status code={status} />,
            page: '/shipments',
            search: { status },
            count,
          }))}
        />
        <Counts
          title={say('overview.effects')}
          empty={say('overview.effects.none')}
          rows={seen.effects.map(({ target, state, count }) => ({
            key: `${target} ${state}`,
            name: (
              <>
                {target} <Status code={state} />
              </>
            ),
            page: '/effects',
            search: { target, state },
            count,
          }))}
        />
      </div>
      <SoonLate />
      <small>
        {say('state.updated', { time: '' })}
        <When at={seen.at} />
      </small>
    </>
  )
}

/** The figure that must be 0, always in sight. */
function Accounted({ unaccounted }: { readonly unaccounted: number }) {
  const isFine = unaccounted === 0
  return (
    <div className="notice" data-tone={isFine ? 'plain' : 'bad'} role={isFine ? undefined : 'alert'}>
      <strong>
        {say('overview.unaccounted')}: {unaccounted}
      </strong>{' '}
      {say(isFine ? 'overview.unaccounted.ok' : 'overview.unaccounted.bad')}
    </div>
  )
}

interface Row {
  readonly key: string
  readonly name: ReactNode
  /** The list behind the figure, with the filters that make it so. */
  readonly page: string
  readonly search: Readonly<Record<string, string>>
  readonly count: string | number
}

/** Figures, each with the list that it counts. */
function Counts({
  title,
  empty,
  rows,
}: {
  readonly title: string
  readonly empty: string
  readonly rows: readonly Row[]
}) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {rows.length === 0 ? empty : null}
      <ul className="plain-list counts">
        {rows.map(({ key, name, page, search, count }) => (
          <li key={key}>
            <span>{name}</span>
            <To page={page} search={search}>
              {count}
            </To>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Messages({ received, applied, pending, duplicates, parked }: Seen['messages']) {
  return (
    <section className="card">
      <h2>{say('overview.received')}</h2>
      <div className="figure">{received}</div>
      <Facts
        rows={[
          ...(applied === null ? [] : [[say('overview.applied'), applied] as const]),
          ...(pending === null ? [] : [[say('overview.pending'), pending] as const]),
          [say('overview.duplicates'), duplicates],
          [
            say('overview.parked'),
            <To key="parked" page="/parked">
              {parked}
            </To>,
          ],
        ]}
      />
    </section>
  )
}
