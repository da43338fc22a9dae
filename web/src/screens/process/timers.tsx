import { Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { hubSays } from '../../words/hub-says.ts'
import { plain } from '../../words/words.ts'
import type { ProcessPage } from './page.ts'
import { say } from './words.ts'

/** What is awaited until when, what is late, and what follows from it. */
export function Timers({ timers }: { readonly timers: ProcessPage['timers'] }) {
  return (
    <Section title={say('timers')}>
      <Rows
        name="timers"
        title={say('timers')}
        empty={say('timers.none')}
        rows={timers}
        rowKey={({ branch, name }) => `${branch} ${name}`}
        columns={[
          {
            id: 'due',
            title: say('due'),
            cell: ({ due, isMissed }) => (
              <>
                <When at={due} />{' '}
                <Status code={isMissed ? say('missed') : say('waits')} tone={isMissed ? 'bad' : 'plain'} />
              </>
            ),
          },
          {
            id: 'timer',
            title: say('timer'),
            cell: ({ about, branch, name, lasts, from }) => (
              <>
                {hubSays(about)}
                <div>
                  <small>
                    {plain(branch)} · {plain(name)} · {hubSays(lasts)}, {hubSays(from)}
                  </small>
                </div>
              </>
            ),
          },
          { id: 'then', title: say('then'), cell: ({ then }) => hubSays(then) },
        ]}
      />
    </Section>
  )
}
