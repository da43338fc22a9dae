import { plain } from '../words/words.ts'
import { When } from './when.tsx'

interface Fact {
  readonly id: string
  readonly type: string
  readonly occurredAt?: string | undefined
  readonly recordedAt: string
}

/** Facts, the newest first: when it was, what it was, when the hub heard of it. */
export function History({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <ol className="plain-list">
      {facts.toReversed().map(({ id, type, occurredAt, recordedAt }) => (
        <li key={id}>
          <When at={occurredAt ?? recordedAt} /> {plain(type)}
          {occurredAt === undefined ? null : (
            <small>
              {' '}
              (<When at={recordedAt} />)
            </small>
          )}
        </li>
      ))}
    </ol>
  )
}
