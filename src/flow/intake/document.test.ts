import { expect, test } from 'vitest'
import { connectors } from '../../connectors/all.ts'
import { openConnection } from '../connection.ts'
import { readDocument } from './document.ts'

const warehouse = openConnection(
  { id: 'warehouse', tenant: 'main', connector: 'generic-wms', settings: {} },
  { connectors, partitions: 1 },
)

function read(contentType: string, text: string): unknown {
  const { document, failure } = readDocument(warehouse, {
    body: new TextEncoder().encode(text),
    contentType,
    headers: {},
  })
  return failure?.code ?? document.content
}

/** A file is read by its connector: the content is its bytes. */
function fileOf(contentType: string, text: string): string | undefined {
  const received = { body: new TextEncoder().encode(text), contentType, headers: {} }
  const { document } = readDocument(warehouse, received)
  return document.content === undefined ? new TextDecoder().decode(document.bytes) : undefined
}

const csv = 'sku,quantity\nLAMP,1\n'
const structured = 'application/cloudevents+json'

test('plain documents are read as what they say that they are', () => {
  expect(read('application/json', '{"sku":"LAMP"}')).toEqual({ sku: 'LAMP' })
  expect(fileOf('text/csv', csv)).toBe(csv)
  expect(read('application/json', csv)).toBe('JSON_MALFORMED')
})

test('the data of a CloudEvent is the content, as JSON, as text, or packed', () => {
  expect(read(structured, JSON.stringify({ data: { sku: 'LAMP' } }))).toEqual({ sku: 'LAMP' })
  expect(fileOf(structured, JSON.stringify({ datacontenttype: 'text/csv', data: csv }))).toBe(csv)
  expect(fileOf(structured, JSON.stringify({ datacontenttype: 'text/csv', data_base64: btoa(csv) }))).toBe(csv)
  expect(read(structured, JSON.stringify({ data_base64: btoa('{"sku":"LAMP"}') }))).toEqual({ sku: 'LAMP' })
})

test('a CloudEvent without content is none', () => {
  for (const event of [null, 4, {}, { data_base64: '%' }])
    expect(read(structured, JSON.stringify(event))).toBe('CLOUDEVENT_INVALID')
})
