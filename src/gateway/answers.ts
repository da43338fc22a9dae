import { createHash } from 'node:crypto'
import { InterlineError } from '../base/errors.ts'
import { problemOf } from './problem.ts'
import type { Answer, Call, Route } from './route.ts'

/**
 * Idempotency-Key (IETF draft): the first answer to a key is kept and given again; another request with the same key is refused.
 * Application errors of the 4xx class are final answers too.
 */
export async function answerOnce(
  route: Route,
  call: Call,
  input: { readonly key: string | string[] | undefined; readonly handle: () => Promise<Answer> },
): Promise<Answer> {
  const key = readKey(input.key)
  const { answers } = call.gateway.backbone.stores
  const name = {
    tenant: call.principal.tenant,
    client: call.principal.key,
    route: `${route.method} ${route.path}`,
    key,
  }
  const begin = await answers.begin(name, { fingerprint: fingerprint(call), holdSeconds: 60 })
  if (begin.outcome === 'mismatch') throw new InterlineError('IDEMPOTENCY_KEY_REUSED')
  if (begin.outcome === 'running') throw new InterlineError('IDEMPOTENCY_KEY_RUNNING')
  if (begin.outcome === 'answered') {
    const { status, headers, body } = begin.answer
    return { status, headers: { ...headers, 'idempotency-replayed': 'true' }, body }
  }
  try {
    const answer = await input.handle()
    const body = answer.body === undefined ? '' : JSON.stringify(answer.body)
    await answers.finish(name, { status: answer.status ?? route.answer.status, headers: { ...answer.headers }, body })
    return answer
  } catch (error) {
    const problem = problemOf(error, call.trace)
    const final = problem.status >= 400 && problem.status < 500 && ![401, 403, 429].includes(problem.status)
    if (final)
      await answers.finish(name, {
        status: problem.status,
        headers: { 'content-type': 'application/problem+json' },
        body: JSON.stringify(problem),
      })
    else await answers.abandon(name)
    throw error
  }
}

/** A structured-field string (`"…"`) or, as most clients send it, a bare token; 1 to 255 characters. */
function readKey(header: string | string[] | undefined): string {
  if (typeof header !== 'string') throw new InterlineError('IDEMPOTENCY_KEY_REQUIRED')
  const bare = header.trim().replace(/^"(.*)"$/, '$1')
  if (bare.length === 0 || bare.length > 255) throw new InterlineError('IDEMPOTENCY_KEY_REQUIRED')
  return bare
}

function fingerprint(call: Call): string {
  return createHash('sha256')
    .update(JSON.stringify([call.params, call.query, call.body]))
    .digest('hex')
}
