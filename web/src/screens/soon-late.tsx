import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Section } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { plain } from '../words/words.ts'
import { say } from './checks.words.ts'
import { pageOf } from './subject.ts'

/** What will be late in the next four hours if nothing happens. */
export function SoonLate() {
  const query = useQuery({
    queryKey: ['/v1/expectations', 'soon'],
    queryFn: () => answered(hub.GET('/v1/expectations', { params: { query: { withinMinutes: '240', limit: '20' } } })),
    refetchInterval: 30_000,
  })
  return (
    <Section title={say('breaches')}>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('breaches.none')}</p>
          ) : (
            <ul className="plain-list">
              {data.map(({ object, name, dueAt, overdue }) => {
                const page = pageOf(object)
                return (
                  <li key={`${object} ${name}`}>
                    <When at={dueAt} /> {plain(name)}{' '}
                    {page === undefined ? (
                      object
                    ) : (
                      <To page={page} id={object}>
                        {object}
                      </To>
                    )}{' '}
                    {overdue ? <Status code="late" /> : null}
                  </li>
                )
              })}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
