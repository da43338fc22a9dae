import type { Check, WorldItem } from './check.ts'
import type { CheckWorld, ExpectedFeed } from './world.ts'

const dayMs = 86_400_000
/** Days that say how often something comes. */
const lookBackDays = 28
/** Fewer days with news than this say nothing about how often something comes. */
const heardDaysLeast = 5

/** Feeds from which nothing comes any more. */
export const staleFeeds: Check = {
  id: 'stale-feeds',
  question: 'From which connections has nothing come for longer than usual or agreed?',
  meaning:
    'Silence is not calm: a feed that ended looks like a day without events. Agreed is what the partner declares (sla.quietDays); usual is the longest pause of the last four weeks and a day more.',
  area: 'partners',
  unit: 'connections',
  unknown: 'No connection has a pace so far: news came on fewer than five days, and none is agreed.',
  thresholds: { amber: 1, red: 5 },
  owner: 'integration',
  nextAction: 'Ask the partner whether it sends; look at its credentials, its folder, and refused messages.',
  list: { page: '/partners', search: {} },
  answer: {
    kind: 'world',
    labels: ['kind', 'connection'],
    items: async (world, now) => {
      const heard = await heardDays(world, now)
      return world.feeds().flatMap((feed) => judged(feed, heard.get(`${feed.tenant} ${feed.connection}`), now) ?? [])
    },
  },
}

interface Heard {
  /** Days since 1970 on which something came, ascending. */
  readonly days: readonly number[]
  /** Milliseconds since 1970. */
  readonly last: number
}

/** Undefined where there is no pace to be held against. */
export function judged(feed: ExpectedFeed, heard: Heard | undefined, now: number): WorldItem | undefined {
  if (heard === undefined) return undefined
  const pauseDays = feed.quietDays > 0 ? feed.quietDays : usualPause(heard.days)
  if (pauseDays === undefined) return undefined
  const { tenant, connection, kind } = feed
  return {
    tenant,
    labels: { kind, connection },
    object: connection,
    number: feed.partner,
    page: '',
    since: heard.last,
    detail: `${feed.quietDays > 0 ? 'agreed' : 'usual'}: at most ${pauseDays} ${pauseDays === 1 ? 'day' : 'days'} of silence`,
    isFound: now - heard.last > pauseDays * dayMs,
  }
}

function usualPause(days: readonly number[]): number | undefined {
  if (days.length < heardDaysLeast) return undefined
  return Math.max(...days.slice(1).map((day, index) => day - (days[index] ?? day))) + 1
}

async function heardDays({ pool }: CheckWorld, now: number): Promise<ReadonlyMap<string, Heard>> {
  const { rows } = await pool.query<{ tenant: string; connection: string; days: number[]; last: string }>({
    name: 'watch-heard',
    text: `SELECT tenant, connection, array_agg(day - date '1970-01-01' ORDER BY day) AS days,
                  coalesce(max(last_at), (extract(epoch FROM max(day) + 1) * 1000)::bigint)::text AS last
           FROM intake_count WHERE accepted + duplicate > 0 AND day > to_timestamp($1::bigint / 1000.0)::date - $2::int GROUP BY tenant, connection`,
    values: [now, 400],
  })
  const first = Math.floor(now / dayMs) - lookBackDays
  return new Map(
    rows.map(({ tenant, connection, days, last }) => [
      `${tenant} ${connection}`,
      { days: days.filter((day) => day >= first), last: Number(last) },
    ]),
  )
}
