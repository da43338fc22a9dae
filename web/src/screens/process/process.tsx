import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answered, hub } from '../../api/hub.ts'
import { Facts, Raw } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { useClock, When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { say as common, plain } from '../../words/words.ts'
import { Actions } from './actions.tsx'
import { Asked } from './asked.tsx'
import { Course } from './course.tsx'
import { OpenTasks } from './open-tasks.tsx'
import type { ProcessPage } from './page.ts'
import { Statechart } from './statechart.tsx'
import { Timers } from './timers.tsx'
import { say } from './words.ts'

/** One piece of business: where it is in its statechart, what it waits for, what was asked of whom, and what a person can do. */
export function Process() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['process', id],
    queryFn: () => answered(hub.GET('/v1/processes/instances/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  })
  const { data: who } = useWho()
  return (
    <Loaded query={query}>
      {(found) => (
        <Page title={`${plain(found.process)} ${found.key}`}>
          <Standing found={found} />
          <Statechart id={id} />
          <Timers timers={found.timers} />
          <Expected found={found} />
          <OpenTasks tasks={found.tasks} />
          <Asked process={id} rows={found.effects} />
          {may(who?.scopes, 'processes:decide') ? <Actions id={id} actions={found.actions} /> : null}
          <Course id={id} />
          <Section title={common('document.all')}>
            <Raw data={found.known} label={common('document.all')} />
          </Section>
        </Page>
      )}
    </Loaded>
  )
}

function Standing({ found }: { readonly found: ProcessPage }) {
  const clock = useClock()
  const { stuck, version, newestVersion, startedAt, endedAt, states } = found
  return (
    <>
      {stuck === undefined ? null : (
        <div className="notice" data-tone="bad" role="status">
          {say('stuck', { since: clock(new Date(stuck.since)), by: plain(stuck.by) })}
        </div>
      )}
      <Facts
        rows={[
          ...Object.entries(states).map(
            ([branch, state]) => [plain(branch), <Status key={branch} code={String(state)} />] as const,
          ),
          [say('started'), <When key="started" at={startedAt} />],
          [say('ended'), endedAt === undefined ? '' : <When key="ended" at={endedAt} />],
          [
            say('version'),
            version === newestVersion
              ? say('version.now', { version })
              : say('version.old', { version, newest: newestVersion }),
          ],
        ]}
      />
    </>
  )
}

function Expected({ found: { nextExpected, unmet } }: { readonly found: ProcessPage }) {
  return (
    <>
      {unmet.length === 0 ? null : (
        <Section title={say('unmet')}>
          <ul className="plain-list">
            {unmet.map(({ condition, owner, since }) => (
              <li key={condition}>
                {hubSays(condition)} ({plain(owner)}) {since === undefined ? null : <When at={since} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={common('process.expected')}>
        <ul className="plain-list">
          {nextExpected.map(({ branch, awaits, by }) => (
            <li key={branch}>
              {plain(branch)}: {awaits.filter(isNews).map(awaited).join(', ')}{' '}
              {by === undefined ? null : <When at={by} />}
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

/** Times have a table of their own. */
function isNews(code: string): boolean {
  return !code.startsWith('timer ')
}

/** News are called by their object; a task, a branch or a posting by its kind and name. */
function awaited(code: string): string {
  const [kind = '', name] = code.split(' ')
  return name === undefined ? plain(code) : `${plain(kind)}: ${plain(name)}`
}
