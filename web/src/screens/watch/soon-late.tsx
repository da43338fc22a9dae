import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { pageOf } from '../../parts/subject.ts'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { hubSays } from '../../words/hub-says.ts'
import { plain } from '../../words/words.ts'
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
        {({ data }) => (
          <Rows
            title={say('breaches')}
            rows={data}
            rowKey={({ object, name }) => `${object} ${name}`}
            empty={say('breaches.none')}
            columns={[
              {
                id: 'due',
                title: say('due'),
                cell: ({ dueAt, overdue }) => (
                  <>
                    <When at={dueAt} /> {overdue ? <Status code="late" /> : null}
                  </>
                ),
              },
              { id: 'what', title: say('awaited'), cell: ({ name, expected }) => awaited(name, expected) },
              { id: 'object', title: say('object'), cell: (row) => <Awaiting {...row} /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

/** What should happen, as whoever waits says it: a process in a sentence, others by a code. */
function awaited(name: string, expected: unknown): string {
  const { about } = (expected ?? {}) as { readonly about?: unknown }
  return typeof about === 'string' ? hubSays(about) : plain(name)
}

interface AwaitingProps {
  readonly object: string
  /** What tells it, where it has no page of its own. */
  readonly about?: string | undefined
  readonly number?: string | undefined
  readonly expected?: unknown
}

/** The object that waits, and the way to it. */
function Awaiting({ object, about = object, number = say('unnumbered'), expected }: AwaitingProps) {
  const page = pageOf(about)
  const shown = numberOf(expected, number)
  return page === undefined ? (
    shown
  ) : (
    <To page={page} id={about}>
      {shown}
    </To>
  )
}

/** What people know it by: the number of the business, or the question. An id of ours says nothing to them. */
function numberOf(expected: unknown, number: string): string {
  const { key, question } = (expected ?? {}) as { readonly key?: unknown; readonly question?: unknown }
  return typeof key === 'string' ? key : typeof question === 'string' ? hubSays(question) : number
}
