import { expect, test } from 'vitest'
import { sourceOf } from './harbor.contract.ts'
import { readNetwork } from './network.ts'
import { Secrets } from './secrets.ts'

const shop = (id: string, ...settings: readonly string[]) =>
  [
    `  - id: ${id}`,
    '    connector: generic-shop',
    '    settings:',
    `      url: https://${id}.example`,
    ...settings,
  ].join('\n')
const prefix = (text: string) => `      orderPrefix: ${text}`
const read = (shops: readonly string[], isApplied = true) =>
  readNetwork([sourceOf({ 'shops.yaml': `connections:\n${shops.join('\n')}\n` })], {
    ...{ secrets: new Secrets('', {}), now: 0, isApplied, partitions: 4, claimSeconds: 60 },
  }).problems.map(({ code, message }) => `${code} ${message}`)

test('two shops of a tenant whose numbers begin alike in the hub are refused: they would share an order', () => {
  expect(read([shop('de'), shop('fr')])).toEqual([
    'MANIFEST_SHOPS_ALIKE Orders of fr and de have the same numbers in the hub: both begin with no prefix.',
  ])
  expect(read([shop('de', prefix('A-')), shop('fr', prefix('A-'))])).toEqual([
    'MANIFEST_SHOPS_ALIKE Orders of fr and de have the same numbers in the hub: both begin with A-.',
  ])
})

test('shops with prefixes of their own stand beside one without', () => {
  expect(read([shop('de', prefix('DE-')), shop('fr', prefix('FR-')), shop('old')])).toEqual([])
})

test('a shop that never uses the numbers of another needs no prefix', () => {
  expect(read([shop('de'), shop('fr', '      ownOrderNumbers: true')])).toEqual([])
})

test('a network that is in force goes on as it is', () => {
  expect(read([shop('de'), shop('fr')], false)).toEqual([])
})
