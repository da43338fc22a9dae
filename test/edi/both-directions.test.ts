import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { goldenFiles } from '../../tools/golden.ts'
import { root } from '../../tools/source-tree.ts'

/** What a hub must read and write, because it stands on either side of a relationship. TA1 is a segment that stands for a set. */
const sets = [
  ...['204', '990', '214', '210', '211', '850', '855', '860', '865', '856', '810', '846', '940', '943', '944', '945'],
  ...['947', '180', '861', '820', '824', '997', '999', 'TA1'],
  ...['ORDERS', 'ORDCHG', 'ORDRSP', 'DESADV', 'RECADV', 'INVOIC', 'INVRPT', 'IFTMIN', 'IFTMBF', 'IFTMBC', 'IFTSTA'],
  ...['COPARN', 'CODECO', 'COARRI', 'APERAK', 'CONTRL'],
]

interface Outcome {
  readonly translation?: { readonly assertions?: readonly { readonly type: string }[] }
  readonly receipt?: readonly { readonly data: { readonly answer?: { readonly text: string } } }[]
  readonly draft?: { readonly text: string }
}

const cases = goldenFiles('edi-partner').map((golden) => ({
  ...golden,
  outcome: JSON.parse(readFileSync(join(root, golden.outPath), 'utf8')) as Outcome,
}))

/** Whether the text holds a set of this kind, whichever delimiters it has. */
function holds(text: string, set: string): boolean {
  if (set === 'TA1') return /~\s*TA1\*/.test(text)
  return /^\d/.test(set)
    ? new RegExp(`~\\s*ST\\*${set}\\*`).test(text)
    : new RegExp(`UNH\\+[^+']*\\+${set}:`).test(text)
}

/** What the hub wrote in a case: documents, and answers to what it read. */
function written({ draft, receipt = [] }: Outcome): string[] {
  return [...(draft === undefined ? [] : [draft.text]), ...receipt.map(({ data }) => data.answer?.text ?? '')]
}

describe.each(sets)('%s', (set) => {
  test('is read: a recorded case says what it means', () => {
    const read = cases.filter(
      ({ operation, text, outcome }) =>
        operation === 'inbound' && holds(text, set) && (outcome.translation?.assertions ?? []).length > 0,
    )
    expect(read.map(({ name }) => name)).not.toEqual([])
  })

  test('is written: a recorded case has its text', () => {
    expect(
      cases.filter(({ outcome }) => written(outcome).some((text) => holds(text, set))).map(({ name }) => name),
    ).not.toEqual([])
  })
})
