import type { components } from '../api/schema.ts'
import { plain, say } from '../words/words.ts'
import { Status } from './status.tsx'
import { To } from './to.tsx'

/** What each system was told: command, how it stands, and the number that the system gave it. */
export function Told({ rows }: { readonly rows: readonly components['schemas']['ToldSystem'][] }) {
  if (rows.length === 0) return <p>{say('list.empty')}</p>
  return (
    <ul className="plain-list">
      {rows.map((row) => (
        <li key={row.effect}>
          <To page="/effects/$id" id={row.effect}>
            {plain(row.command)} → {row.target}
          </To>{' '}
          <Status code={row.state} /> {row.documentReference}
        </li>
      ))}
    </ul>
  )
}
