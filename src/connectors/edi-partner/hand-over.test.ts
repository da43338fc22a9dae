import { expect, test } from 'vitest'
import { readHandOver } from './hand-over.ts'

const outcomeOf = (status: number, json?: unknown) =>
  readHandOver({ status, headers: {}, body: new Uint8Array(), json }, 'the document')

test('is over where the partner took it, and awaited where its receipt comes later', () => {
  for (const status of [200, 201, 204]) expect(outcomeOf(status)).toEqual({ outcome: 'applied' })
  expect(outcomeOf(202)).toEqual({ outcome: 'applied' })
  expect(outcomeOf(202, { said: 'waiting' })).toMatchObject({ outcome: 'accepted' })
})

test('is not tried again where the same request would be refused again, whatever number says so', () => {
  const refusing = [400, 402, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 417, 421, 422, 426, 428, 431, 451]
  for (const status of refusing)
    expect(outcomeOf(status)).toEqual({ outcome: 'refused', reason: `The partner refused the document (${status}).` })
})

test('is tried again where the partner could not take it now', () => {
  for (const status of [408, 423, 425, 429, 503]) expect(outcomeOf(status)).toMatchObject({ outcome: 'retry' })
})

test('is unclear where nobody can say whether it was taken, and a redirect is not followed but told', () => {
  for (const status of [500, 502, 504]) expect(outcomeOf(status)).toMatchObject({ outcome: 'unclear' })
  for (const status of [301, 302, 303, 307, 308])
    expect(outcomeOf(status)).toEqual({
      outcome: 'unclear',
      reason: `The partner answered ${status}: redirects are not followed. Correct the address where it has moved.`,
    })
})
