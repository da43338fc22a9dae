import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { say as common, plain } from '../../words/words.ts'
import { say } from './words.ts'

/** All that happened, the newest first: what it heard, where it went and because of what. */
export function Course({ id }: { readonly id: string }) {
  const query = useQuery({
    queryKey: ['process', id, 'timeline'],
    queryFn: () => answered(hub.GET('/v1/processes/instances/{id}/timeline', { params: { path: { id } } })),
    refetchInterval: 10_000,
  })
  return (
    <Section title={common('process.course')}>
      <Loaded query={query}>
        {({ data, isWhole }) => (
          <>
            {isWhole ? null : <p>{say('cut')}</p>}
            <ol className="course" reversed>
              {data.toReversed().map(({ at, type, data: said }, index) => (
                <li key={`${at} ${type} ${data.length - index}`} data-done>
                  {headline(type, said)} <When at={at} />
                  <small>{cause(said)}</small>
                </li>
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </Section>
  )
}

type Said = Readonly<Record<string, unknown>>

function headline(type: string, said: unknown): string {
  const { branch, from, to, command, businessKey, type: heard } = said as Said
  if (type === 'process.moved') return `${text(branch)}: ${plain(text(from) || '–')} → ${plain(text(to))}`
  if (command !== undefined) return `${plain(type)}: ${plain(text(command))} ${text(businessKey)}`
  return heard === undefined ? plain(type) : `${plain(type)}: ${plain(text(heard))}`
}

/** Why: what moved it, or who wanted it and what they said. */
function cause(said: unknown): string {
  const { because, by, reason, timer, decision, outcome } = said as Said
  const parts = [by, reason, timer, decision, outcome].map(text).filter((one) => one !== '')
  return [...(because === undefined ? [] : [say('cause', { because: plain(text(because)) })]), ...parts].join(' · ')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
