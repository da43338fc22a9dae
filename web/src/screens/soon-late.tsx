import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Section } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { pageOf } from '../parts/subject.ts'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { plain } from '../words/words.ts'
import { say } from './checks.words.ts'

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
              {data.map(({ object, name, dueAt, overdue, expected }) => {
                const page = pageOf(object)
                return (
                  <li key={`${object} ${name}`}>
                    <When at={dueAt} /> {plain(name)}{' '}
                    {page === undefined ? (
                      numberOf(expected, object)
                    ) : (
                      <To page={page} id={object}>
                        {numberOf(expected, object)}
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

/** What people know it by: the number of the business, or the question; else its id here. */
function numberOf(expected: unknown, id: string): string {
  const { key, question } = (expected ?? {}) as { readonly key?: unknown; readonly question?: unknown }
  return typeof key === 'string' ? key : typeof question === 'string' ? question : id
}
