import { describe, expect, test } from 'vitest'
import type { Claimed } from '../../backbone/ledger.ts'
import type { Idempotency } from '../../connectors/kit/connector.ts'
import { afterReadBack, postingTimes } from './verdict.ts'

const hour = 3_600_000
const now = 1_776_000_000_000

/** What becomes of a doubtful effect at a target that offers no way to look it up. */
function unseen(
  idempotency: Idempotency,
  doubts: { readonly ambiguous?: number; readonly processDeaths?: number; readonly firstSentAt?: number },
  evidence?: string,
) {
  const effect = { ambiguous: 0, processDeaths: 0, attempt: 1, ...doubts } as Claimed['effect']
  const claimed = { lane: 'l', claimEpoch: 1, claimUntil: now, effect } as Claimed
  const about = { claimed, idempotency, subscriber: false, timeoutMs: 1000, now, random: 0, times: postingTimes }
  const seen = evidence === undefined ? undefined : { documentReference: evidence }
  const { to, reason } = afterReadBack({ found: 'impossible' }, seen, about)
  return reason === undefined ? to : `${to}: ${reason}`
}

const repeatable: readonly Idempotency[] = [
  { strategy: 'upsert-by-external-id' },
  { strategy: 'native-key', retentionHours: 24 },
]

describe('what nobody can look up', () => {
  test.each(repeatable)('is sent again where that makes no second one ($strategy)', (idempotency) => {
    expect(unseen(idempotency, { ambiguous: 1, firstSentAt: now - hour })).toBe('queued')
  })

  test('is for a person where a repetition could make a second one, and at once: the target will offer no way tomorrow either', () => {
    expect(unseen({ strategy: 'none' }, { ambiguous: 1 })).toBe('parked: readback_impossible')
    const forgotten = { ambiguous: 1, firstSentAt: now - 24 * hour }
    expect(unseen({ strategy: 'native-key', retentionHours: 24 }, forgotten)).toBe('parked: readback_impossible')
  })

  test('is sent when a person has released it, who has looked himself', () => {
    expect(unseen({ strategy: 'none' }, {})).toBe('queued')
  })

  test('is for a person when three that sent it are gone, and done when somebody has seen its document', () => {
    expect(unseen({ strategy: 'upsert-by-external-id' }, { processDeaths: 3 })).toBe('parked: poison')
    expect(unseen({ strategy: 'upsert-by-external-id' }, { processDeaths: 3 }, 'D-1')).toBe('applied')
  })
})

describe('what the target told after the claim was lost', () => {
  const answer = { packages: [{ trackingNumber: '1Z4' }] }
  const evidence = { documentReference: 'LBL-4', answer }
  const effect = { ambiguous: 1, processDeaths: 0, attempt: 1 } as Claimed['effect']
  const claimed = { lane: 'l', claimEpoch: 1, claimUntil: now, effect } as Claimed
  const idempotency = { strategy: 'none' } as const
  const about = { claimed, idempotency, subscriber: false, timeoutMs: 1000, now, random: 0, times: postingTimes }

  test('is told to who asked for it, whether the document is found again without it or not at all', () => {
    for (const found of [
      { found: 'impossible' },
      { found: 'none' },
      { found: 'one', equal: true, documentReference: 'LBL-4' },
    ] as const)
      expect(afterReadBack(found, evidence, about)).toMatchObject({ to: 'applied', documentReference: 'LBL-4', answer })
  })

  test('is not told of another document, and not before what the look-up says itself', () => {
    const other = afterReadBack({ found: 'one', equal: true, documentReference: 'LBL-5' }, evidence, about)
    expect(other).toEqual({ from: 'unknown', to: 'applied', documentReference: 'LBL-5' })
    const newer = { packages: [{ trackingNumber: '1Z5' }] }
    const same = { found: 'one', equal: true, documentReference: 'LBL-4', answer: newer } as const
    expect(afterReadBack(same, evidence, about).answer).toEqual(newer)
  })
})
