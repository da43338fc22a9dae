import { plain, say } from '../words/words.ts'
import { Status } from './status.tsx'
import { To } from './to.tsx'
import { When } from './when.tsx'

interface ToldRow {
  readonly effect: string
  readonly command: string
  readonly target: string
  readonly state: string
  readonly documentReference?: string
  /** When the hub decided to tell it. */
  readonly askedAt?: string
}

/** What each system was told: command, how it stands, and the number that the system gave it. */
export function Told({ rows }: { readonly rows: readonly ToldRow[] }) {
  if (rows.length === 0) return <p>{say('list.empty')}</p>
  return (
    <ul className="plain-list">
      {rows.map((row) => (
        <li key={row.effect}>
          <To page="/effects/$id" id={row.effect}>
            {plain(row.command)} → {row.target}
          </To>{' '}
          <Status code={row.state} /> {row.documentReference}{' '}
          {row.askedAt === undefined ? null : <When at={row.askedAt} />}
        </li>
      ))}
    </ul>
  )
}
