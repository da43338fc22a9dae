import { Button } from '@mantine/core'
import { Refused } from '../api/hub.ts'
import { say } from '../words/words.ts'

/** What went wrong, why, and what to do: in the words of the hub, with the trace that its people can look up. */
export function Refusal({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const problem = error instanceof Refused ? error.problem : undefined
  return (
    <div className="notice" data-tone="bad" role="alert">
      <strong>{problem?.title ?? say('problem.retry')}</strong>
      <div>{problem?.detail ?? String(error)}</div>
      <div>{problem?.status === 403 ? say('problem.forbidden') : problem?.nextAction}</div>
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
