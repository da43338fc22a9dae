import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { To } from '../../parts/to.tsx'
import { plain } from '../../words/words.ts'
import { aboutOf, Budget, percentOf, SlaState } from './sla-figures.tsx'
import { say } from './slas.words.ts'

/** What was promised about time, and how far the running period keeps it. */
export function Slas() {
  const query = useQuery({
    queryKey: ['/v1/slas'],
    queryFn: () => answered(hub.GET('/v1/slas')),
    refetchInterval: 15_000,
  })
  return (
    <Page title={say('title')}>
      <Loaded query={query}>
        {({ data }) => (
          <Rows
            title={say('title')}
            name="slas"
            empty={say('none')}
            rows={data}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'name',
                title: say('name'),
                cell: ({ id }) => (
                  <To className="row-link" page="/slas/$id" id={id}>
                    {id}
                  </To>
                ),
              },
              {
                id: 'state',
                title: say('state'),
                cell: ({ current }) => <SlaState state={current?.state ?? 'unknown'} />,
              },
              {
                id: 'attainment',
                title: say('attainment'),
                by: ({ current }) => current?.attainment,
                cell: ({ current }) => percentOf(current?.attainment),
              },
              {
                id: 'promise',
                title: say('promise'),
                cell: ({ percent, withinMinutes }) => say('within', { percent, minutes: withinMinutes }),
              },
              {
                id: 'budget',
                title: say('budget'),
                by: ({ current }) => current?.budgetUsed,
                cell: ({ current }) => <Budget period={current} />,
              },
              { id: 'measure', title: say('measure'), cell: ({ measure }) => say(measure) },
              { id: 'about', title: say('about'), cell: aboutOf },
              { id: 'owner', title: say('owner'), cell: ({ owner }) => plain(owner) },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
