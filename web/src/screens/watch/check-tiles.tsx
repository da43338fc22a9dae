import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { CheckState, gravest } from '../../parts/check-state.tsx'
import { figureOf } from '../../parts/figure.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { To } from '../../parts/to.tsx'
import { unitName } from '../../parts/unit-name.ts'
import { When } from '../../parts/when.tsx'
import { inWords } from '../../words/checks.ts'
import { plain } from '../../words/words.ts'
import { say } from './checks.words.ts'

type Check = paths['/v1/checks']['get']['responses']['200']['content']['application/json']['data'][number]

const refreshMs = 15_000

/** How each part of the business stands, and every question with a bad answer; the others behind one line. */
export function CheckTiles() {
  const query = useQuery({
    queryKey: ['/v1/checks'],
    queryFn: () => answered(hub.GET('/v1/checks')),
    refetchInterval: refreshMs,
  })
  return <Loaded query={query}>{({ data }) => <Tiles checks={data.map(inWords)} />}</Loaded>
}

function Tiles({ checks }: { readonly checks: readonly Check[] }) {
  const areas = Map.groupBy(checks, ({ area }) => area)
  const rank = ({ state }: Check): number => gravest.indexOf(state)
  const sorted = checks.toSorted((a, b) => rank(a) - rank(b))
  const bad = sorted.filter(({ state }) => state !== 'green' && state !== 'unknown')
  const others = sorted.filter(({ state }) => state === 'green' || state === 'unknown')
  return (
    <>
      <Section title={say('areas')}>
        <ul className="lights">
          {[...areas].map(([area, own]) => (
            <li key={area} className="card">
              <strong>{say(area)}</strong>{' '}
              <CheckState state={own.toSorted((a, b) => rank(a) - rank(b))[0]?.state ?? 'unknown'} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={say('needs')}>
        {bad.length === 0 ? <p>{say('calm')}</p> : null}
        <div className="cards">
          {bad.map((check) => (
            <Tile key={check.id} check={check} />
          ))}
        </div>
        {others.length === 0 ? null : (
          <details>
            <summary>{say('others', { count: others.length })}</summary>
            <div className="cards">
              {others.map((check) => (
                <Tile key={check.id} check={check} />
              ))}
            </div>
          </details>
        )}
      </Section>
    </>
  )
}

/** One question: its figure with age and owner, and the way to what is behind it. */
function Tile({ check }: { readonly check: Check }) {
  const { id, question, value, unit, asked, state, since, at, owner } = check
  return (
    <section className="card" aria-label={question}>
      <To page="/checks/$id" id={id}>
        {question}
      </To>
      <div className="figure">
        {figureOf(value, unit)}{' '}
        <small>
          {value === null || unit === 'seconds' ? null : unitName(unit, value)}{' '}
          {asked === null ? null : say('asked', { count: asked })}
        </small>
      </div>
      <CheckState state={state} />{' '}
      {since === null ? null : (
        <small>
          {say('since')} <When at={since} />
        </small>
      )}
      <div>
        <small>
          {plain(owner)} · {at === null ? say('never') : say('answered')} {at === null ? null : <When at={at} />}
        </small>
      </div>
    </section>
  )
}
