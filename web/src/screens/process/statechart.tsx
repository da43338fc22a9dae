import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Graph } from '../../parts/graph.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { hubSays } from '../../words/hub-says.ts'
import { plain } from '../../words/words.ts'
import type { ChartedBranch } from './page.ts'
import { say } from './words.ts'

/** The states that the definition knows, where the instance is, and which ways it went: as a picture and as a list. */
export function Statechart({ id }: { readonly id: string }) {
  const query = useQuery({
    queryKey: ['process', id, 'chart'],
    queryFn: () => answered(hub.GET('/v1/processes/instances/{id}/chart', { params: { path: { id } } })),
    refetchInterval: 10_000,
  })
  return (
    <Loaded query={query}>
      {({ branches }) => (
        <>
          {branches
            .filter(
              ({ name, states }) => name === 'main' || states.some(({ entered, here }) => entered + here.length > 0),
            )
            .map((branch) => (
              <Section key={branch.name} title={say('chart', { branch: plain(branch.name) })}>
                <p>{hubSays(branch.about)}</p>
                <Picture branch={branch} />
                <details>
                  <summary>{say('chart.twin')}</summary>
                  <States branch={branch} />
                </details>
              </Section>
            ))}
        </>
      )}
    </Loaded>
  )
}

function Picture({ branch }: { readonly branch: ChartedBranch }) {
  const { name, states, steps } = branch
  const nodes = useMemo(
    () =>
      states.map((state) => ({
        id: state.name,
        title: plain(state.name),
        lines: state.here.map((one) => (one.branch === name ? `● ${say('now')}` : `● ${one.branch}`)).slice(0, 4),
        tone: state.here.length === 0 ? ('plain' as const) : ('good' as const),
        isMarked: state.here.length > 0,
        isFaint: state.here.length === 0 && state.entered === 0,
      })),
    [states, name],
  )
  const edges = useMemo(
    () =>
      steps.map(({ from, to, kind, label, taken }) => ({
        ...{ from, to, label: kind === 'step' ? hubSays(label) : say(kind === 'skip' ? 'skip' : 'cancel') },
        isStrong: taken > 0,
        isDashed: kind !== 'step',
      })),
    [steps],
  )
  return <Graph label={say('chart', { branch: plain(name) })} nodes={nodes} edges={edges} direction="right" />
}

/** Everything that the picture says, in words: a table of fixed facts, no list. The states are those of the definition, in its order. */
function States({ branch: { name, states, steps } }: { readonly branch: ChartedBranch }) {
  return (
    <div className="board" tabIndex={0} role="region" aria-label={say('chart.twin')}>
      <table aria-label={say('chart', { branch: plain(name) })}>
        <thead>
          <tr>
            <th scope="col">{say('state')}</th>
            <th scope="col">{say('now')}</th>
            <th scope="col">{say('entered')}</th>
            <th scope="col">{say('ways')}</th>
          </tr>
        </thead>
        <tbody>
          {states.map((state) => (
            <tr key={state.name} {...(state.here.length > 0 ? { 'aria-current': 'step' as const } : {})}>
              <th scope="row">
                <Status code={state.name} tone={state.here.length > 0 ? 'good' : 'plain'} />
                <div>
                  <small>
                    {hubSays(state.about)} {state.isFinal ? `(${say('final')})` : ''}
                  </small>
                </div>
              </th>
              <td>
                {state.here.map((one) => (
                  <div key={one.branch}>
                    {one.branch} · <When at={one.since} />
                  </div>
                ))}
              </td>
              <td>{state.entered}</td>
              <td>
                <Ways steps={steps.filter(({ from }) => from === state.name)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Ways({ steps }: { readonly steps: ChartedBranch['steps'] }) {
  return (
    <ul className="plain-list">
      {steps.map(({ to, kind, label, taken }) => (
        <li key={to}>
          → {plain(to)}: {kind === 'step' ? hubSays(label) : say(kind === 'skip' ? 'skip' : 'cancel')}
          {taken > 0 ? ` (${taken} ×)` : ''}
        </li>
      ))}
    </ul>
  )
}
