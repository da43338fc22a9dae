import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { say } from '../portal/portal.words.ts'

/** Sends one example, and shows what was sent and what came back. */
export function SubscriptionExample({ id, url }: { readonly id: string; readonly url: string }) {
  const send = useMutation({
    mutationFn: () => answered(hub.POST('/v1/subscriptions/{id}/examples', { params: { path: { id } } })),
  })
  const { data } = send
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={send.isPending}
        aria-label={say('exampleTo', { url })}
        onClick={() => send.mutate()}
      >
        {say('example')}
      </Button>
      {send.error === null ? null : <Refusal error={send.error} />}
      <div role="status">
        {data === undefined ? null : (
          <>
            <Status
              code={say(data.delivered ? 'exampleTaken' : 'exampleNotTaken')}
              tone={data.delivered ? 'good' : 'bad'}
            />{' '}
            {data.delivered ? say('exampleTook', { ms: data.milliseconds }) : data.reason}
          </>
        )}
      </div>
      {data === undefined ? null : (
        <>
          <Message title={say('sent')} headers={data.request.headers} body={data.request.body} />
          {data.answer === undefined ? (
            <p>{say('noAnswer')}</p>
          ) : (
            <Message
              title={say('answeredWith', { status: data.answer.status.toString() })}
              headers={data.answer.headers}
              body={data.answer.body}
            />
          )}
        </>
      )}
    </>
  )
}

interface MessageProps {
  readonly title: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function Message({ title, headers, body }: MessageProps) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} role="region" aria-label={title}>
        {[...lines, '', body].join('\n')}
      </pre>
    </figure>
  )
}
