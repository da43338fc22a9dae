import { expect, test } from 'vitest'
import { sourceOf } from './harbor.contract.ts'
import { readNetwork } from './network.ts'
import { Secrets } from './secrets.ts'

const right = { sla: 'erp', measure: 'posting', percent: '99.5', withinMinutes: 30, owner: 'finance' }

function read(...slas: readonly object[]) {
  const connections = [{ id: 'wms', connector: 'generic-wms' }]
  const source = sourceOf({
    'network.json': JSON.stringify({ connections, slas }),
  })
  const { network, problems } = readNetwork([source], {
    ...{ secrets: new Secrets('/nowhere', {}), now: 0, isApplied: true, partitions: 1, claimSeconds: 60 },
  })
  return { slas: network.slas, problems }
}

test('a service level is read with what is usual, and of a partner it is about all of its connections', () => {
  expect(read(right).slas).toEqual([
    {
      ...{ tenant: 'main', id: 'erp', measure: 'posting', target: 99.5, withinMinutes: 30, owner: 'finance' },
      ...{ period: 'month', timeZone: 'UTC', milestone: 'delivered' },
    },
  ])
  expect(read({ ...right, connection: 'wms' }).slas[0]?.connections).toEqual(['wms'])
})

test.each([
  ['percent', { percent: '100' }],
  ['percent', { percent: '0' }],
  ['percent', { percent: 'most' }],
  ['sla', { sla: 'a b' }],
  ['timeZone', { timeZone: 'Moon/Base' }],
  ['withinMinutes', { withinMinutes: 0 }],
  ['carrier', { carrier: 'dhl' }],
  ['connection', { measure: 'milestone', connection: 'wms' }],
  ['connection', { connection: 'conjured' }],
  ['partner', { partner: 'acm2' }],
])('what is wrong with %s is said at its line, and nothing is guessed', (key, wrong) => {
  const { slas, problems } = read({ ...right, ...wrong })
  expect(slas).toEqual([])
  expect(problems.map((one) => JSON.stringify(one)).join()).toContain(key)
})

test('no name comes twice', () => {
  expect(read(right, right).problems.map(({ code }) => code)).toContain('MANIFEST_DUPLICATE')
})
