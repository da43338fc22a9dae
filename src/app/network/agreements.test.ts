import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sourceOf, wholePartner } from './harbor.contract.ts'
import { readNetwork } from './network.ts'
import { Secrets } from './secrets.ts'

const directory = mkdtempSync(join(tmpdir(), 'interline-agreements-'))
beforeAll(() => {
  mkdirSync(join(directory, 'secrets'))
  writeFileSync(join(directory, 'secrets', 'token'), 'a token\n')
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Without the certificates, which have days of their own. */
const whole = Object.fromEntries(
  Object.entries(wholePartner('')).map(([path, text]) => [path, text.replace(/as2Partners:[^]*$/, '')]),
)

function read(files: Readonly<Record<string, string>>): ReturnType<typeof readNetwork> {
  const secrets = new Secrets(join(directory, 'secrets'), {})
  const now = Date.parse('2026-06-01T00:00:00Z')
  return readNetwork([sourceOf(files)], { secrets, now, isApplied: true, partitions: 4, claimSeconds: 60 })
}

/** The partner with other keys in its agreement, and other files beside it. */
function withAgreement(keys: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const text = (whole['harbor/partner.yaml'] ?? '').replace('    group: "997"', `${keys}\n    group: "997"`)
  const { 'harbor/harbor.crt': _, ...files } = whole
  return { ...files, 'harbor/partner.yaml': text, ...more }
}

const next = `agreements:
  - {connection: harbor, from: 2026-07-01, partnerId: HARBOR, ownId: MERIDIAN, group: "999", overlays: [harbor-945-next]}
`
const nextOverlay = (whole['harbor/945.yaml'] ?? '').replace(
  'name: harbor-945',
  'name: harbor-945-next\n  from: "2026-07-01"',
)

describe('agreements of one connection', () => {
  test('have days, and overlays have theirs; a connection holds all of them', () => {
    const files = withAgreement('    until: 2026-06-30', {
      'harbor/next.yaml': next,
      'harbor/945-next.yaml': nextOverlay,
    })
    const { network, problems } = read(files)
    expect(problems).toEqual([])
    expect(network.connections.get('harbor')?.settings).toMatchObject({
      editions: [
        { until: '2026-06-30', settings: { group: '997', overlays: [{ name: 'harbor-945' }], token: 'a token' } },
        { from: '2026-07-01', settings: { group: '999', overlays: [{ name: 'harbor-945-next', from: '2026-07-01' }] } },
      ],
    })
    expect(read(withAgreement('')).network.connections.get('harbor')?.settings).toMatchObject({ editions: [] })
  })

  test.each([
    [
      'MANIFEST_DUPLICATE next.yaml:2',
      'two for one day',
      withAgreement('    until: 2026-07-01', { 'next.yaml': next }),
    ],
    ['MANIFEST_VALUE_INVALID harbor/partner.yaml:20', 'a day that there is not', withAgreement('    from: 2026-02-30')],
    [
      'MANIFEST_VALUE_INVALID harbor/partner.yaml:21',
      'one that ends before it begins',
      withAgreement('    from: 2026-02-03\n    until: 2026-02-02'),
    ],
    [
      'MANIFEST_VALUE_INVALID next.yaml:2',
      'a time-out that is another one some day',
      withAgreement('    until: 2026-06-30', {
        'next.yaml': 'agreements:\n  - {connection: harbor, from: 2026-07-01, timeoutSeconds: 7}',
      }),
    ],
    [
      'MANIFEST_OVERLAY_INVALID harbor/945.yaml:5',
      'an overlay with a day that is none',
      withAgreement('', {
        'harbor/945.yaml': (whole['harbor/945.yaml'] ?? '').replace('  level:', '  from: "2026"\n  level:'),
      }),
    ],
  ])('are refused: %s, %s', (problem, _, files) => {
    expect(read(files).problems.map(({ code, file, line }) => `${code} ${file}:${line}`)).toContain(problem)
  })
})
