import { Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import type { ProcessPage } from './page.ts'
import { say } from './words.ts'

/** What is awaited until when, what is late, and what follows from it. */
export function Timers({ timers }: { readonly timers: ProcessPage['timers'] }) {
  return (
    <Section title={say('timers')}>
      {timers.length === 0 ? (
        <p>{say('timers.none')}</p>
      ) : (
        <div className="board" tabIndex={0} role="region" aria-label={say('timers')}>
          <table aria-label={say('timers')}>
            <thead>
              <tr>
                <th scope="col">{say('due')}</th>
                <th scope="col">{say('timer')}</th>
                <th scope="col">{say('then')}</th>
              </tr>
            </thead>
            <tbody>
              {timers.map((one) => (
                <tr key={`${one.branch} ${one.name}`}>
                  <td>
                    <When at={one.due} />{' '}
                    <Status code={one.isMissed ? say('missed') : say('waits')} tone={one.isMissed ? 'bad' : 'plain'} />
                  </td>
                  <td>
                    {one.about}
                    <div>
                      <small>
                        {one.branch} · {plain(one.name)} · {one.lasts}, {one.from}
                      </small>
                    </div>
                  </td>
                  <td>{one.then}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
