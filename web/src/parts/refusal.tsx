import { Button } from '@mantine/core'
import { Refused } from '../api/hub.ts'
import { useRefusalWords } from '../words/refusal-says.ts'
import { say } from '../words/words.ts'

/** What went wrong, why, and what to do: in the words of the hub and the language of the page, with the trace that its people can look up. */
export function Refusal({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const problem = error instanceof Refused ? error.problem : undefined
  // A call that nobody answered is a TypeError, whose words differ between browsers and help nobody.
  const own = error instanceof TypeError ? 'away' : 'page'
  const translate = useRefusalWords()
  if (problem !== undefined && translate === undefined) return null
  const told = (sentence: string): string => translate?.(sentence) ?? sentence
  return (
    <div className="notice" data-tone="bad" role="alert">
      <strong>{problem === undefined ? say(`problem.${own}`) : told(problem.title)}</strong>
      <div>{problem === undefined ? (own === 'page' ? String(error) : null) : told(problem.detail)}</div>
      <div>
        {problem === undefined
          ? say(`problem.${own}.next`)
          : problem.status === 403
            ? say('problem.forbidden')
            : told(problem.nextAction)}
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
