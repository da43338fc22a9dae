import { expect, test } from 'vitest'
import { covers } from './scope.ts'

test.each([
  [['*'], 'keys:write'],
  [['shipments:read'], 'shipments:read'],
  [['inbound:write'], 'inbound:write:wms-north'],
  [['inbound:write:wms-*'], 'inbound:write:wms-north'],
  [['inbound:write:wms-*'], 'inbound:write:wms-n*'],
])('whoever has %j may give %s', (granted, wanted) => {
  expect(covers(granted, wanted)).toBe(true)
})

test.each([
  [[], 'shipments:read'],
  [['shipments:read'], 'shipments'],
  [['shipments:read'], '*'],
  [['inbound:write:wms-*'], 'inbound:write'],
  [['inbound:write:wms-*'], 'inbound:write:erp'],
  [['inbound:write:wms-*'], 'inbound:write:*'],
  [['inbound:write:wms'], 'inbound:write:wms-north'],
  [['messages:r*'], 'messages:raw'],
])('whoever has %j may not give %s', (granted, wanted) => {
  expect(covers(granted, wanted)).toBe(false)
})
