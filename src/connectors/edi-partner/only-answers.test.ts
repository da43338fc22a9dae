import { describe, expect, test } from 'vitest'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { onlyAnswers } from './only-answers.ts'

const isAnswer = (text: string, notices: 'supplier' | 'warehouse' = 'supplier') =>
  onlyAnswers(bytesOf(text), { notices })
const sets = (...identifiers: readonly string[]) =>
  x12({
    groups: identifiers.map((identifier) =>
      group({ identifier: 'FA', sets: [set({ identifier, body: ['AK1*SM*7'] })] }),
    ),
  })

describe('a file of a partner whose connection is being drained', () => {
  test.each(['997', '999', '824', '990', '855', '945', '944'])('is an answer where it holds a %s', (identifier) => {
    expect(isAnswer(sets(identifier))).toBe(true)
  })

  test('is an answer where it holds a TA1 or a CONTRL', () => {
    expect(isAnswer(x12({ before: ['TA1*000000012*260303*1410*A*000'], groups: [] }))).toBe(true)
    expect(isAnswer(edifact({ messages: [message({ type: 'CONTRL:D:3:UN', body: ['UCI+23+A+B+7'] })] }))).toBe(true)
  })

  test('is new work with the first set that answers nothing, and where nobody can tell', () => {
    for (const text of [sets('214'), sets('997', '214'), sets('850'), '', 'ISA*00', 'Dear partner'])
      expect(isAnswer(text)).toBe(false)
  })

  test('is an answer as a DESADV only where the partner is a warehouse of ours', () => {
    const notice = edifact({ messages: [message({ type: 'DESADV:D:96A:UN', body: ['BGM+351+DA-1+9'] })] })
    expect([isAnswer(notice), isAnswer(notice, 'warehouse')]).toEqual([false, true])
  })
})
