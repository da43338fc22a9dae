import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { factSchemas } from '../../model/facts/all.ts'
import { exampleData, exampleEvent, exampleType } from './example-event.ts'

const about = {
  id: 'example_1',
  tenant: 'main',
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
  at: Date.UTC(2026, 3, 2, 7),
}

test('an example says that it is one, and is otherwise what a real event is', () => {
  const event = JSON.parse(exampleEvent(about)) as Record<string, unknown>
  expect(event).toMatchObject({
    specversion: '1.0',
    example: true,
    type: exampleType,
    time: '2026-04-02T07:00:00.000Z',
  })
  expect(Object.keys(event).at(-1)).toBe('data')
  const schema = factSchemas[exampleType]
  expect(schema === undefined ? 'no such event' : [...Compile(schema).Errors(exampleData)]).toEqual([])
})
