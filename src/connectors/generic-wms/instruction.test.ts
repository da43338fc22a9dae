import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { genericWms } from './connector.ts'
import { instruction as contract, instructionKinds, type WarehouseCommand } from './contract.ts'
import { instruction } from './instruction.ts'

const request = {
  payload: { returnNumber: 'RT-7', sku: 'LAMP-A', quantity: '1' },
  externalReference: 'IL/1',
  attempt: 1,
}

test('every instruction keeps the contract, under our own reference', () => {
  for (const command of Object.keys(instructionKinds) as WarehouseCommand[]) {
    const ask = instruction(command).ask(request, {})
    expect(ask).toMatchObject({ method: 'PUT', path: '/instructions/IL%2F1' })
    const sent: unknown = JSON.parse(ask.body ?? '')
    expect(Value.Check(contract, sent), command).toBe(true)
    expect(sent).toEqual({ ...request.payload, externalReference: 'IL/1', kind: instructionKinds[command] })
    expect(instruction(command).ask({ ...request, attempt: 2 }, {})).toEqual(ask)
  }
})

test('what was said about the goods never changes what kind of instruction it is', () => {
  const payload = { kind: 'return', externalReference: 'other' }
  const { body = '' } = instruction('scrap_stock').ask({ ...request, payload }, {})
  expect(JSON.parse(body)).toEqual({ kind: 'scrapping', externalReference: 'IL/1' })
})

test('has an operation for every kind of the contract', () => {
  const commands = Object.values(genericWms.operations ?? {}).flatMap(({ command }) => command ?? [])
  expect(commands.toSorted()).toEqual(['release_delivery', ...Object.keys(instructionKinds)].toSorted())
})
