import { expect, test } from 'vitest'
import { emptyShipment, type ShipmentState } from '../../model/shipment/state.ts'
import { shipmentView } from '../../model/shipment/view.ts'
import { ShipmentTexts } from './shipment-texts.ts'

function stored(version: number, about: ShipmentState['about']) {
  const state: ShipmentState = { ...emptyShipment, about }
  return { tenant: 'main', version, state, characters: 100 }
}

test('what is shown of a shipment is what follows from its state, however often it is asked for', () => {
  const texts = new ShipmentTexts()
  const one = stored(3, { carrier: 'UPS' })
  const text = texts.of('shp_1', one)
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...shipmentView(one.state, 'shp_1'), version: 3 })))
  expect(texts.of('shp_1', one)).toBe(text)
})

test('a shipment that has changed is never shown as it was before', () => {
  const texts = new ShipmentTexts()
  texts.of('shp_1', stored(3, { carrier: 'UPS' }))
  expect(JSON.parse(texts.of('shp_1', stored(4, { carrier: 'DHL' })))).toMatchObject({ carrier: 'DHL', version: 4 })
  // The same version of another log: a fold that was mended and done again.
  expect(JSON.parse(texts.of('shp_1', stored(4, { carrier: 'DPD' })))).toMatchObject({ carrier: 'DPD', version: 4 })
})

test('two shipments of one state are told apart', () => {
  const texts = new ShipmentTexts()
  const one = stored(1, {})
  expect(JSON.parse(texts.of('shp_1', one))).toMatchObject({ id: 'shp_1' })
  expect(JSON.parse(texts.of('shp_2', one))).toMatchObject({ id: 'shp_2' })
})
