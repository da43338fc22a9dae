import type { Reading as Outcome, Reply } from '../kit/connector.ts'
import { readFailure } from '../kit/contract-answer.ts'

/** What the warehouse made of a request that changes nothing when it is repeated: yes, no, not now, or nobody knows. */
export function readAnswer(reply: Reply): Outcome {
  return [200, 201, 204].includes(reply.status) ? { outcome: 'applied' } : readFailure(reply, 'The warehouse')
}
