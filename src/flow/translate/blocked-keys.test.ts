import { expect, test } from 'vitest'
import type { NewPark } from '../../backbone/step.ts'
import { Tenure } from '../tenure.ts'
import { BlockedKeys } from './blocked-keys.ts'

const park: NewPark = {
  ...{ message: 'msg_0-0', partition: 0, tenant: 'main', connection: 'erp', orderKey: 'K', at: 0 },
  ...{ code: 'CONTENT_INVALID', detail: 'there is no order number' },
}

test('a key whose parked message is stored may be forgotten by what is read after that', () => {
  const { tenure, keys } = blocked()
  tenure.committed = 0
  keys.forgetter('erp K', tenure)()
  expect(keys.has('erp K')).toBe(false)
})

test('who looked before the parked message was stored does not forget its key', () => {
  const { tenure, keys } = blocked()
  const forget = keys.forgetter('erp K', tenure)
  tenure.committed = 0
  forget()
  expect(keys.has('erp K')).toBe(true)
})

test('a key that another message blocks meanwhile stays', () => {
  const { tenure, keys } = blocked()
  tenure.committed = 0
  const forget = keys.forgetter('erp K', tenure)
  tenure.plan(1)
  keys.add([{ ...park, message: 'msg_0-1', code: 'BEHIND_PARKED' }], tenure)
  forget()
  expect(keys.has('erp K')).toBe(true)
})

test('a key that is blocked while somebody looks stays', () => {
  const tenure = new Tenure('translate', 0)
  const keys = new BlockedKeys()
  const forget = keys.forgetter('erp K', tenure)
  keys.add([park], tenure)
  forget()
  expect(keys.has('erp K')).toBe(true)
})

function blocked(): { tenure: Tenure; keys: BlockedKeys } {
  const tenure = new Tenure('translate', 0)
  const keys = new BlockedKeys()
  tenure.plan(1)
  keys.add([park], tenure)
  return { tenure, keys }
}
