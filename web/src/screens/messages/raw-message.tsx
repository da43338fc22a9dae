import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { To } from '../../parts/to.tsx'
import { textOf, withLineEndsOf } from './charset-text.ts'
import { say } from './message.words.ts'

type Charset = paths['/v1/messages/{id}']['get']['responses']['200']['content']['application/json']['charset']

interface RawMessageProps {
  readonly message: {
    readonly id: string
    readonly connection: string
    readonly contentType: string
    readonly charset: Charset
  }
  /** Whether a corrected copy may take its place. */
  readonly canFix: boolean
}

/** More would keep the page from answering: nobody reads it there, and a field for so much text is slow to write in. */
const shownCharacters = 100_000

/** The bytes as text, the ways to take them elsewhere, and the way to correct a copy. */
export function RawMessage({ message, canFix }: RawMessageProps) {
  const { id, charset } = message
  // Once it is corrected nothing waits any more: what became of it stays on the page.
  const [couldFix, note] = useState(canFix)
  if (canFix && !couldFix) note(true)
  const raw = useQuery({
    queryKey: ['message', id, 'raw', charset],
    queryFn: async () => {
      const call = hub.GET('/v1/messages/{id}/raw', { params: { path: { id } }, parseAs: 'arrayBuffer' })
      return textOf(await answered<ArrayBuffer>(call as never), charset)
    },
  })
  const copy = useMutation({ mutationFn: () => navigator.clipboard.writeText(curlOf(message)) })
  return (
    <Section title={say('raw')}>
      <Group mb="sm">
        <Button component="a" variant="default" size="xs" href={`/v1/messages/${id}/raw`} download={id}>
          {say('download')}
        </Button>
        <Button variant="default" size="xs" onClick={() => copy.mutate()}>
          {say('curl')}
        </Button>
        <span role="status">{copy.isSuccess ? say('copied', { file: id }) : ''}</span>
      </Group>
      {copy.error === null ? null : <Refusal error={copy.error} />}
      <Loaded query={raw}>
        {(text) => (
          <>
            {charset === 'utf-8' ? null : <p>{say('raw.charset', { charset })}</p>}
            {text.length > shownCharacters ? <p>{say('raw.cut', { count: shownCharacters })}</p> : null}
            <pre className="raw" tabIndex={0} role="region" aria-label={say('raw')}>
              {text.slice(0, shownCharacters)}
            </pre>
            {couldFix ? <Fix message={message} text={text} /> : null}
          </>
        )}
      </Loaded>
    </Section>
  )
}

/** Sends the same again, as its sender does: the key stays with whoever runs it. */
function curlOf({ id, connection, contentType }: RawMessageProps['message']): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
  return [
    `curl -X POST ${quoted(`${location.origin}/v1/inbound/${encodeURIComponent(connection)}`)}`,
    `-H "Authorization: Bearer $INTERLINE_KEY"`,
    `-H ${quoted(`Content-Type: ${contentType}`)}`,
    `--data-binary ${quoted(`@${id}`)}`,
  ].join(' ')
}

interface FixProps {
  readonly message: RawMessageProps['message']
  readonly text: string
}

function Fix({ message, text }: FixProps) {
  if (text.length > shownCharacters)
    return (
      <>
        <h3>{say('fix')}</h3>
        <p>{say('fix.large', { count: shownCharacters })}</p>
        <pre className="raw">interline parked edit {message.id} FILE --reason …</pre>
      </>
    )
  return <FixForm message={message} text={text} />
}

function FixForm({ message: { id, contentType, charset }, text }: FixProps) {
  const [body, setBody] = useState(text)
  const [reason, setReason] = useState('')
  const order = useOrder()
  const queries = useQueryClient()
  const fix = useMutation({
    mutationFn: () => {
      const said = { reason, body: withLineEndsOf(text, body), contentType, charset }
      return order(said, (header) =>
        answered(hub.POST('/v1/parked/{message}/edit', { params: { path: { message: id }, header }, body: said })),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['message', id] }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        fix.mutate()
      }}
    >
      <h3>{say('fix')}</h3>
      <p>
        {say('fix.about')} {say('fix.charset', { charset })}
      </p>
      {fix.error === null ? null : <Refusal error={fix.error} />}
      {fix.data === undefined ? null : (
        <p role="status">
          <To page="/messages/$id" id={fix.data.correctedBy}>
            {say('fix.done', { id: fix.data.correctedBy })}
          </To>
        </p>
      )}
      <Textarea
        label={say('fix.body')}
        required
        autosize
        minRows={4}
        maxRows={24}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <TextInput
        label={say('fix.reason')}
        required
        minLength={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" mt="sm" loading={fix.isPending}>
        {say('fix.send')}
      </Button>
    </form>
  )
}
