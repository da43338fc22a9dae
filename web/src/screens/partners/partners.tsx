import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import type { Column } from '../../parts/column.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { plain } from '../../words/words.ts'
import { say } from '../portal/portal.words.ts'
import { LastSeen, type PartnerStanding } from './standing.tsx'

/** All partners: who is silent for too long, what goes wrong, which certificate ends, and how far each has come. */
export function Partners() {
  const query = useQuery({
    queryKey: ['standings'],
    queryFn: () => answered(hub.GET('/v1/partner-standings')),
    refetchInterval: 30_000,
  })
  return (
    <Page title={say('title')}>
      <Loaded query={query}>
        {({ data }) => (
          <Rows
            name="partners"
            title={say('title')}
            rows={data}
            rowKey={({ id }) => id}
            columns={columns()}
            empty={say('none')}
          />
        )}
      </Loaded>
    </Page>
  )
}

/** When they are drawn: the language may have changed. */
function columns(): readonly Column<PartnerStanding>[] {
  return [
    {
      id: 'partner',
      title: say('partner'),
      cell: ({ id, name }) => (
        <To className="row-link" page="/partners/$id" id={id}>
          {name}
        </To>
      ),
    },
    { id: 'role', title: say('role'), cell: ({ role }) => plain(role) },
    {
      id: 'seen',
      title: say('seen'),
      by: ({ lastSeenOn }) => lastSeenOn,
      cell: (one) => (
        <>
          {one.isLate ? <Status code="late" /> : null} <LastSeen day={one.lastSeenOn} />
        </>
      ),
    },
    {
      id: 'cadence',
      title: say('cadence'),
      by: ({ quietDays }) => quietDays,
      cell: ({ quietDays }) => (quietDays === 0 ? say('noCadence') : say('days', { count: quietDays })),
    },
    { id: 'received', title: say('received'), cell: ({ received }) => received },
    {
      id: 'refused',
      title: say('refused'),
      by: ({ refusedPercent }) => refusedPercent,
      cell: ({ refusedPercent }) => `${refusedPercent} %`,
    },
    {
      id: 'waits',
      title: say('waits'),
      by: ({ parked }) => parked,
      cell: (one) => <Count of={one.parked} tone="warn" />,
    },
    {
      id: 'late',
      title: say('late'),
      by: ({ acknowledgementsOverdue }) => acknowledgementsOverdue,
      cell: ({ acknowledgementsOverdue }) => <Count of={acknowledgementsOverdue} tone="bad" />,
    },
    {
      id: 'certificates',
      title: say('certificates'),
      by: ({ certificates }) => firstToEnd(certificates)?.daysLeft,
      cell: ({ certificates }) => shortest(certificates),
    },
    {
      id: 'checklist',
      title: say('checklist'),
      cell: ({ checklist }) =>
        say('progress', { done: checklist.filter(({ done }) => done).length, count: checklist.length }),
    },
  ]
}

/** Nothing is good; anything else is marked. */
function Count({ of, tone }: { readonly of: number; readonly tone: 'warn' | 'bad' }) {
  return of === 0 ? '0' : <Status code={of.toString()} tone={tone} />
}

/** The certificate that ends first of those that count. */
function firstToEnd(rows: PartnerStanding['certificates']) {
  return rows.filter(({ isUsed }) => isUsed).toSorted((one, other) => one.daysLeft - other.daysLeft)[0]
}

function shortest(rows: PartnerStanding['certificates']) {
  const first = firstToEnd(rows)
  if (first === undefined) return ''
  const tone = first.daysLeft < 0 ? 'bad' : first.isShort ? 'warn' : 'good'
  return <Status code={say('daysLeft', { count: first.daysLeft })} tone={tone} />
}
