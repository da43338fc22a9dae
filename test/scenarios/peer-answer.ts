import type { Clock } from '../../src/flow/ports.ts'
import { bodyOf, type Peer } from '../../src/sandbox/peer.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'

/** What a simulated system answers, in its own time: nothing where it is away, loses the answer, or is slower than is waited for. */
export async function answerOfPeer(peer: Peer | undefined, request: HttpRequest, time: Clock): Promise<HttpResult> {
  if (peer === undefined || peer.isAway?.(time.wall()) === true)
    return { outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' }
  const { pathname: path, searchParams: query } = new URL(request.url)
  const { method, headers } = request
  const body = new TextDecoder().decode(request.body)
  const answered = peer.handle({ method, path, query, headers, body }, time.wall())
  const delayMs = answered.delayMs ?? 0
  await time.sleep(Math.min(delayMs, request.timeoutMs))
  if (delayMs > request.timeoutMs) return { outcome: 'no_answer', wire: true, code: 'TIMEOUT' }
  if (answered.lost === true) return { outcome: 'no_answer', wire: true, code: 'ECONNRESET' }
  return {
    outcome: 'answer',
    wire: true,
    status: answered.status,
    headers: { ...answered.headers },
    body: new TextEncoder().encode(bodyOf(answered)),
  }
}
