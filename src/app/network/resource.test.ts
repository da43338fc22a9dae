import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sourceOf, wholePartner } from './harbor.contract.ts'
import { readNetwork } from './network.ts'
import { planChanges, resourcesOf } from './resource.ts'
import { Secrets } from './secrets.ts'

const directory = mkdtempSync(join(tmpdir(), 'interline-plan-'))
beforeAll(() => {
  mkdirSync(join(directory, 'secrets'))
  writeFileSync(join(directory, 'secrets', 'token'), 'a token\n')
})
afterAll(() => rmSync(directory, { recursive: true }))
const now = Date.parse('2026-06-01T00:00:00Z')
// What a plan says of a certificate is its digest.
const whole = wholePartner('a certificate')

/** The whole network with one text of the partner's manifest replaced. */
function but(from: string, to: string): Readonly<Record<string, string>> {
  return { ...whole, 'harbor/partner.yaml': (whole['harbor/partner.yaml'] ?? '').replace(from, to) }
}

describe('a plan', () => {
  const resources = (files: Readonly<Record<string, string>>): ReturnType<typeof resourcesOf> => {
    const source = sourceOf(files)
    const { sections } = readNetwork([source], {
      secrets: new Secrets(join(directory, 'secrets')),
      now,
      isApplied: false,
      partitions: 4,
      claimSeconds: 60,
    })
    return resourcesOf(source, sections)
  }
  const shown = (from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): readonly string[] =>
    planChanges(resources(from), resources(to)).map(({ change, kind, name }) => `${change} ${kind} ${name}`)

  test('shows agreements of one connection by their days', () => {
    const dated = but('    group: "997"', '    until: 2026-06-30\n    group: "997"')
    expect(shown(whole, dated)).toEqual(['remove agreement harbor', 'create agreement harbor until 2026-06-30'])
    const later = { ...dated, 'next.yaml': 'agreements:\n  - {connection: harbor, from: 2026-07-01}' }
    expect(shown(dated, later)).toEqual(['create agreement harbor from 2026-07-01'])
  })

  test('creates everything of a new partner, and removes everything of one that is gone', () => {
    expect(shown({}, whole)).toEqual([
      'create partner harbor',
      'create connection harbor',
      'create agreement harbor',
      'create as2-partner harbor',
      'create overlay harbor-945',
      'create certificate harbor/harbor.crt',
      'create sample harbor/samples/945.edi',
    ])
    expect(shown(whole, {}).every((line) => line.startsWith('remove'))).toBe(true)
  })

  test('has nothing to do for the same network, however it is written', () => {
    const { 'harbor/partner.yaml': text = '', ...others } = whole
    const commented = { ...others, 'harbor/other-name.yaml': `# Moved, and with a comment.\n${text}` }
    expect(shown(whole, commented)).toEqual([])
  })

  test('shows what differs, and never a secret', () => {
    const changes = planChanges(resources(whole), resources(but('quietDays: 3', 'quietDays: 5')))
    expect(changes).toMatchObject([
      { change: 'change', kind: 'partner', fields: [{ path: 'sla.quietDays', before: '3', after: '5' }] },
    ])
    expect(JSON.stringify(planChanges([], resources(whole)))).not.toContain('a token')
  })

  test('leads from any network to any other, and then there is nothing more to do', () => {
    const partner = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      name: fc.constantFrom('One', 'Two'),
      role: fc.constantFrom('3pl', 'carrier'),
    })
    const network = fc.uniqueArray(partner, { selector: ({ id }) => id, maxLength: 4 })
    const files = (all: readonly { readonly id: string }[]): Readonly<Record<string, string>> =>
      Object.fromEntries(all.map((one) => [`${one.id}.yaml`, JSON.stringify({ partner: one })]))
    fc.assert(
      fc.property(network, network, (before, after) => {
        const [from, to] = [resources(files(before)), resources(files(after))]
        const key = ({ kind, name }: { kind: string; name: string }): string => `${kind} ${name}`
        const state = new Map(from.map((one) => [key(one), one.value]))
        for (const one of planChanges(from, to)) {
          if (one.change === 'remove') state.delete(key(one))
          else state.set(key(one), one.after)
        }
        expect(state).toEqual(new Map(to.map((one) => [key(one), one.value])))
        expect(planChanges(to, to)).toEqual([])
      }),
    )
  })
})
