import { plain, wording } from '../words/words.ts'
import { To } from './to.tsx'
import { When } from './when.tsx'

const say = wording({
  en: { heard: 'heard', message: 'message' },
  de: { heard: 'erfahren', message: 'Nachricht' },
})

interface Fact {
  readonly id: string
  readonly type: string
  readonly occurredAt?: string | undefined
  readonly recordedAt: string
  /** What it was learnt from: a message, a timer, a person. */
  readonly source?: string
}

/** Facts, the newest first: what it was, when it was, when the hub heard of it and from what. */
export function History({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <ol className="course" reversed>
      {facts.toReversed().map(({ id, type, occurredAt, recordedAt, source = '' }) => (
        <li key={id} data-done>
          {plain(type)} <When at={occurredAt ?? recordedAt} />
          <small>
            {say('heard')} <When at={recordedAt} />
            {source.startsWith('msg_') ? (
              <>
                {' · '}
                <To page="/messages/$id" id={source}>
                  {say('message')} {source}
                </To>
              </>
            ) : null}
          </small>
        </li>
      ))}
    </ol>
  )
}
