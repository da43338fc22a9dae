import { describe, expect, test } from 'vitest'
import { sourceOf } from './harbor.contract.ts'
import { readNetwork } from './network.ts'
import { Secrets } from './secrets.ts'

describe('calendars', () => {
  const processes = 'processes:\n  - process: freight-settlement\n  - process: carrier-reassignment\n'
  const finance =
    "calendars:\n  - name: finance\n    timeZone: Europe/Berlin\n    hours:\n      monday: '08:00-12:00, 13:00-17:00'\n"
  const read = (calendars: string) =>
    readNetwork([sourceOf({ 'processes.yaml': `${processes}${calendars}` })], {
      ...{ secrets: new Secrets('/nowhere', {}), now: 0, isApplied: true, partitions: 4, claimSeconds: 60 },
    })

  test('are told to the processes of their tenant that count in them', () => {
    const { network, problems: found } = read(`${finance}    holidays: [2026-12-25]\n`)
    expect(found).toEqual([])
    const hours = {
      1: [
        { from: '08:00', until: '12:00' },
        { from: '13:00', until: '17:00' },
      ],
    }
    expect([...network.policies]).toEqual([
      [
        'freight-settlement main',
        { calendars: { finance: { timeZone: 'Europe/Berlin', hours, holidays: ['2026-12-25'] } } },
      ],
      ['carrier-reassignment main', {}],
    ])
  })

  test.each([
    ['of nobody', finance.replace('finance', 'janitor'), 'MANIFEST_REFERENCE_UNKNOWN processes.yaml:5'],
    ['of no place', finance.replace('Europe/Berlin', 'Nowhere/Land'), 'MANIFEST_VALUE_INVALID processes.yaml:6'],
    [
      'without hours',
      finance.replace("'08:00-12:00, 13:00-17:00'", 'sometimes'),
      'MANIFEST_VALUE_INVALID processes.yaml:7',
    ],
    ['that come twice', `${finance}${finance.replace('calendars:\n', '')}`, 'MANIFEST_DUPLICATE processes.yaml:9'],
  ])('%s are refused', (_, text, problem) => {
    expect(read(text).problems.map(({ code, file, line }) => `${code} ${file}:${line}`)).toEqual([problem])
  })
})
