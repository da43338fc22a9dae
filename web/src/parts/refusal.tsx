import { Button } from '@mantine/core'
import { Refused } from '../api/hub.ts'
import { say } from '../words/words.ts'

/** What went wrong, why, and what to do: in the words of the hub, with the trace that its people can look up. */
export function Refusal({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const problem = error instanceof Refused ? error.problem : undefined
  // A call that nobody answered is a TypeError, whose words differ between browsers and help nobody.
  const own = error instanceof TypeError ? 'away' : 'page'
  return (
    <div className="notice" data-tone="bad" role="alert">
      <strong>{problem?.title ?? say(`problem.${own}`)}</strong>
      <div>{problem?.detail ?? (own === 'page' ? String(error) : null)}</div>
      <div>
        {problem?.status === 403 ? say('problem.forbidden') : (problem?.nextAction ?? say(`problem.${own}.next`))}
      </div>
      {problem === undefined || problem.traceId === '' ? null : (
        <small>{say('problem.trace', { id: problem.traceId })}</small>
      )}
      {retry === undefined ? null : (
        <div>
          <Button size="xs" variant="default" mt="xs" onClick={() => retry()}>
            {say('problem.retry')}
          </Button>
        </div>
      )}
    </div>
  )
}
