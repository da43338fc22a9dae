import { expect, test } from 'vitest'
import { ProcessRun } from '../../../test/process-run.ts'
import { orderToShip } from '../../processes/order-to-ship/process.ts'
import { possibleWishes, stuckOf, waitingTimers } from './process-waits.ts'

const policy = { orchestratedBy: 'hub', deliveryCreatedBy: 'hub' }
const ordered = (lines: readonly object[]) => ({
  type: 'order.received',
  data: { object: { lines } },
  state: { facts: {}, snapshot: { lines } },
})

function begun(): ProcessRun {
  return new ProcessRun(orderToShip, { policy }).tell(ordered([]))
}

test('an order that a person has to correct waits, and is stuck once that is late', () => {
  const run = begun()
  expect(run.state()).toBe('fixing')
  expect(run.open).toEqual(['fix-order-data'])
  expect(stuckOf(run.instance!)).toBeUndefined()
  expect(waitingTimers(run.instance!)).toMatchObject([{ name: 'data-fix', branch: 'main', isMissed: false }])
  run.fire('data-fix')
  expect(waitingTimers(run.instance!)).toMatchObject([{ name: 'data-fix', isMissed: true }])
  expect(stuckOf(run.instance!)?.by).toBe('timer data-fix')
})

test('whoever may do something is told what, and why not where it is not possible', () => {
  const wishes = possibleWishes(begun().instance!)
  expect(wishes.find(({ action }) => action === 'cancel')).not.toHaveProperty('problem')
  expect(wishes.find(({ action }) => action === 'migrate')?.problem).toBe('it goes by the newest version already')
})
