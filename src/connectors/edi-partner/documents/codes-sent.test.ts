import { expect, test } from 'vitest'
import { statuses9011 } from '../meaning/codes-edifact.ts'
import { statuses1650, statuses1652 } from '../meaning/codes-x12.ts'
import { sentAppointments, sentStatuses } from './codes-sent.ts'

test('every code that we send is one that we read', () => {
  const unread = Object.entries(sentStatuses).flatMap(([status, { x12, edifact }]) => [
    ...(x12 === undefined || Object.hasOwn(statuses1650.rows, x12) ? [] : [`${status}: 1650 ${x12}`]),
    ...(edifact === undefined || Object.hasOwn(statuses9011.rows, edifact) ? [] : [`${status}: 9011 ${edifact}`]),
  ])
  const appointments = Object.entries(sentAppointments).filter(([, code]) => !Object.hasOwn(statuses1652.rows, code))
  expect([unread, appointments]).toEqual([[], []])
})

test('a 214 has one code for unloaded and delivered, and one for departed and picked up; every other is read as it was sent', () => {
  const others = Object.entries(sentStatuses).flatMap(([status, { x12 }]) =>
    x12 === undefined || statuses1650.rows[x12]?.event === status ? [] : [`${status}: ${x12}`],
  )
  expect(others).toEqual(['delivered: D1', 'picked_up: AF'])
})
