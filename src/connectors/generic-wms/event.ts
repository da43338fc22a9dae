import type { Assertion } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { MovementReport, StockAssertionReport, StockPlace } from '../../model/report.ts'
import { confirmed, picked, received } from '../kit/confirmation.ts'
import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peekName, peekText } from '../kit/peek.ts'
import { readQuantity, said } from '../kit/quantity.ts'
import { Reading } from '../kit/reading.ts'
import { movementNameMax } from '../kit/row-name.ts'
import { countedOnce, countedTwice, scopeAssertions } from '../kit/snapshot.ts'
import { countAssertion, movementAssertion, unknownMovements } from '../kit/stock.ts'
import { readFile } from './file.ts'
import type { Settings } from './settings.ts'

/** The sender's event id. A confirmation is not to be overtaken by another about the same delivery, a movement not on its item. */
export function identify({ content }: Document): Identity | undefined {
  const identity = peekText(content, 'eventId')
  if (identity === undefined) return undefined
  const orderKey = keys.map((name) => peekName(content, 'data', name)).find((key) => key !== undefined)
  return orderKey === undefined ? { identity } : { identity, orderKey }
}

const keys = ['deliveryNumber', 'sku', 'receiptNumber', 'document'] as const

/** A JSON envelope with one event, or a file. */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const { settings } = context
  if (document.content === undefined) return readFile(document, context)
  const root = new Reading(document.content).object()
  const type = root.at('type').name(60)
  const occurredAt = root.at('occurredAt').time()
  const data = root.at('data').object()
  switch (type) {
    case 'movement':
      return translation([movementAssertion(readMovement(data, occurredAt, settings))])
    case 'count':
    case 'snapshot':
      return translation(counts(data, { kind: type, occurredAt, settings }))
    case 'shipment.confirmed':
      return translation(confirmed(data, occurredAt, settings))
    case 'delivery.picked':
      return translation(picked(data, occurredAt, settings))
    case 'receipt.posted':
      return translation(received(data, occurredAt, settings))
    default:
      return { assertions: [], unknownCodes: [{ table: 'generic-wms-event', code: type }] }
  }
}

function translation(assertions: readonly Assertion[]): Translation {
  if (assertions.length === 0) return { ignored: 'It lists nothing.' }
  const unknownCodes = unknownMovements(assertions, 'generic-wms-movement')
  return unknownCodes.length === 0 ? { assertions } : { assertions, unknownCodes }
}

function readMovement(data: Reading, effectiveAt: MovementReport['effectiveAt'], settings: Settings): MovementReport {
  const document = data.at('document').object()
  const from = readPlace(data.at('from'))
  const to = readPlace(data.at('to'))
  const conversion = data.at('conversion')
  return {
    type: data.at('movement').name(40),
    sku: data.at('sku').name(100),
    quantity: readQuantity(data),
    uom: data.at('uom').name(10),
    effectiveAt,
    document: {
      system: settings.system,
      kind: document.at('kind').name(40),
      id: document.at('id').name(100),
      ...said({ line: document.at('line').optionalName(40), sequence: document.at('sequence').optionalName(40) }),
    },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...said({
      lot: data.at('lot').optionalName(60),
      serial: data.at('serial').optionalName(60),
      ownerParty: data.at('owner').optionalName(60),
      package: readSerial(data.at('package')),
      reasonCode: data.at('reason').optionalName(60),
      reverses: data.at('reverses').optionalName(movementNameMax),
    }),
    ...(conversion.present
      ? {
          conversion: {
            baseUom: conversion.at('baseUom').name(10),
            numerator: conversion.at('numerator').decimal(),
            denominator: conversion.at('denominator').decimal(),
          },
        }
      : {}),
  }
}

function counts(
  data: Reading,
  about: { kind: 'count' | 'snapshot'; occurredAt: StockAssertionReport['effectiveAt']; settings: Settings },
): Assertion[] {
  const id = data.at('document').name(100)
  const complete = data.at('complete').flag()
  const lines = data.at('lines').list(100_000)
  // Taken at its word it would empty the warehouse; an export that failed looks the same.
  if (complete && lines.length === 0) throw data.at('lines').wrong('at least one line in a complete snapshot')
  const locations = data.at('locations')
  const scope = locations.present ? locations.list(1000).map((one) => one.name(60)) : undefined
  const counted = lines.map((line, index) =>
    countAssertion({
      kind: about.kind,
      sku: line.at('sku').name(100),
      location: line.at('location').name(60),
      status: line.at('status').optionalName(40) ?? 'available',
      quantity: line.at('quantity').decimal(),
      uom: line.at('uom').name(10),
      effectiveAt: about.occurredAt,
      document: {
        system: about.settings.system,
        kind: about.kind,
        id,
        line: line.at('line').optionalName(40) ?? String(index + 1),
      },
      ...said({
        lot: line.at('lot').optionalName(60),
        serial: line.at('serial').optionalName(60),
        ownerParty: line.at('owner').optionalName(60),
      }),
    }),
  )
  const reports = counted.map(({ data: report }) => report)
  const twice = lines[countedTwice(reports)]
  if (twice !== undefined) throw twice.wrong(countedOnce)
  if (!complete) return counted
  return [...counted, ...scopeAssertions(reports, scope)]
}

function readPlace(place: Reading): StockPlace | undefined {
  if (!place.present) return undefined
  return { location: place.at('location').name(60), ...said({ status: place.at('status').optionalName(40) }) }
}

/** An SSCC with its application identifier is the same package as without. */
function readSerial(told: Reading): string | undefined {
  const value = told.optionalText(60)
  return value === undefined || value === '' ? value : normalizeIdentifier({ scheme: 'sscc', value })
}
