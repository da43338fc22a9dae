import { expect, test } from 'vitest'
import { sourceOf } from './harbor.contract.ts'
import { readNetwork } from './network.ts'
import { Secrets } from './secrets.ts'

const read = (minutes: string, isApplied = true) =>
  readNetwork(
    [
      sourceOf({
        'processes.yaml': `processes:\n  - process: order-to-ship\n    policy:\n      stalledMinutes: ${minutes}\n      pickStartMinutes: 0\n`,
      }),
    ],
    { secrets: new Secrets('', {}), now: 0, isApplied, partitions: 4, claimSeconds: 60 },
  )

test.each(['0', '-5', '0.5', 'soon', '6000000'])(
  'a time of %s minutes that would be set again without end is refused with its line',
  (minutes) => {
    expect(read(minutes).problems.map(({ code, line }) => `${code} ${line}`)).toEqual(['MANIFEST_VALUE_INVALID 4'])
  },
)

test('a time from one minute to ten years is taken, and one that counts from a plan may be nothing', () => {
  for (const minutes of ['1', '4320', '5256000']) expect(read(minutes).problems).toEqual([])
})

test('a network that is in force with such a time goes on', () => {
  expect(read('0', false).problems).toEqual([])
})
