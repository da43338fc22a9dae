import { type Decimal, readDecimal } from '../../base/decimal.ts'
import type { Operation, Reading as Outcome, ReadBack, Reply } from '../kit/connector.ts'
import { type LoadPackage, labelsAnswer, ratesAnswer, readConsignment } from '../kit/load.ts'
import { peek, peekText } from '../kit/peek.ts'
import { Reading } from '../kit/reading.ts'
import { stated } from '../kit/stated.ts'

interface Settings {
  readonly shipFromAddresses: string
}

/** Shippo API reference, "Create a new shipment": a shipment with its rates, answered at once. It binds nobody until one is bought. */
export const rateShipment: Operation<Settings> = {
  command: 'rate_shipment',
  write: true,
  ask: (request, { shipFromAddresses }) => {
    const { from, to, packages, told } = readConsignment(request, shipFromAddresses)
    if (packages.length === 0) throw told.at('packages').wrong('at least one package')
    return post('/shipments/', {
      address_from: from,
      address_to: to,
      parcels: packages.map((one) => parcelOf(one, told)),
      metadata: request.externalReference,
      async: false,
    })
  },
  read: (reply) =>
    reading(reply, (json) => ({ outcome: 'applied', ...named(json), answer: ratesAnswer(ratesOf(json)) })),
  idempotency: { strategy: 'state-transition' },
}

/** "Create a shipping label": the rate that was quoted. What was bought of a rate is found by it. */
export const bookShipment: Operation<Settings> = {
  command: 'book_shipment',
  write: true,
  ask: ({ payload, externalReference }) =>
    post('/transactions', {
      rate: quoteOf(payload),
      label_file_type: 'PDF',
      metadata: externalReference,
      async: false,
    }),
  read: (reply) => reading(reply, (json) => bought(json)),
  idempotency: { strategy: 'read-back', field: 'rate', horizonSeconds: 600, lagSeconds: 0 },
  readBack: {
    ask: ({ payload }) => ({ method: 'GET', path: `/transactions?rate=${encodeURIComponent(quoteOf(payload))}` }),
    read: ({ status, json }, { externalReference }) => {
      const rows = peek(json, 'results')
      if (status !== 200 || !Array.isArray(rows))
        return { found: 'unclear', reason: `Shippo answered ${status} without a list of labels.` }
      const own = (rows as unknown[]).filter((one) => peekText(one, 'metadata') === externalReference)
      const made = own.filter((one) => peekText(one, 'status') === 'SUCCESS')
      const [first] = made
      if (first === undefined)
        return own.some((one) => unfinished.has(peekText(one, 'status') ?? ''))
          ? { found: 'unclear', reason: 'Shippo is still making the label.' }
          : { found: 'none' }
      // A shipment of several packages has a label for each, all bought at once.
      const labels = made.flatMap((one) => {
        const trackingNumber = peekText(one, 'tracking_number')
        return trackingNumber === undefined ? [] : [{ trackingNumber }]
      })
      return {
        found: 'one',
        documentReference: peekText(first, 'object_id') ?? '',
        equal: true,
        answer: labelsAnswer(labels),
      }
    },
  },
}

const unfinished: ReadonlySet<string> = new Set(['QUEUED', 'WAITING'])

/** "Create a refund": for a label that was not used. The carrier pays later. */
export const voidLabel: Operation<Settings> = {
  command: 'void_label',
  write: true,
  ask: ({ payload }) => post('/refunds', { transaction: documentOf(payload), async: false }),
  read: (reply) =>
    reading(reply, (json) =>
      peekText(json, 'status') === 'ERROR'
        ? { outcome: 'refused', reason: 'Shippo does not take the label back.' }
        : { outcome: 'applied', ...named(json) },
    ),
  idempotency: { strategy: 'read-back', field: 'transaction', horizonSeconds: 600, lagSeconds: 0 },
  readBack: {
    ask: () => ({ method: 'GET', path: '/refunds?results=100' }),
    read: ({ status, json }, { payload }): ReadBack => {
      const rows = peek(json, 'results')
      if (status !== 200 || !Array.isArray(rows))
        return { found: 'unclear', reason: `Shippo answered ${status} without a list of refunds.` }
      const own = (rows as unknown[]).find((one) => peekText(one, 'transaction') === documentOf(payload))
      if (own !== undefined)
        return peekText(own, 'status') === 'ERROR'
          ? { found: 'refused', reason: 'Shippo does not take the label back.' }
          : { found: 'one', documentReference: peekText(own, 'object_id') ?? '', equal: true }
      // A further page may hold it.
      return peekText(json, 'next') === undefined
        ? { found: 'none' }
        : { found: 'unclear', reason: 'The list of Shippo goes on.' }
    },
  },
}

function post(path: string, body: object) {
  return { method: 'POST', path, contentType: 'application/json', body: JSON.stringify(body) } as const
}

function quoteOf(payload: unknown): string {
  return new Reading(payload).at('rate').text(100)
}

function documentOf(payload: unknown): string {
  return new Reading(payload).at('document').text(100)
}

/** Weight is needed, and the sides: Shippo quotes nothing without. */
function parcelOf({ weightGrams, lengthMm, widthMm, heightMm }: LoadPackage, told: Reading): object {
  const side = (value: Decimal | undefined, name: string): Decimal => {
    if (value === undefined) throw told.at('packages').wrong(`packages with their ${name}`)
    return value
  }
  return {
    weight: side(weightGrams, 'weightGrams'),
    mass_unit: 'g',
    length: side(lengthMm, 'lengthMm'),
    width: side(widthMm, 'widthMm'),
    height: side(heightMm, 'heightMm'),
    distance_unit: 'mm',
  }
}

function ratesOf(json: unknown) {
  const rates = peek(json, 'rates')
  return (Array.isArray(rates) ? (rates as unknown[]) : []).map((one) => {
    const amount = peekText(one, 'amount')
    return stated({
      id: peekText(one, 'object_id'),
      carrier: peekText(one, 'provider')?.toLowerCase(),
      service: peekText(one, 'servicelevel', 'token'),
      amount: amount === undefined ? undefined : readDecimal(amount),
      currency: peekText(one, 'currency'),
    })
  })
}

function bought(json: unknown): Outcome {
  const status = peekText(json, 'status') ?? ''
  const trackingNumber = peekText(json, 'tracking_number')
  if (status === 'SUCCESS' && trackingNumber !== undefined)
    return { outcome: 'applied', ...named(json), answer: labelsAnswer([{ trackingNumber }]) }
  if (status === 'ERROR')
    return { outcome: 'refused', reason: peekText(json, 'messages', '0', 'text') ?? 'Shippo made no label.' }
  return { outcome: 'unclear', reason: 'Shippo does not say whether it made the label.' }
}

function named(json: unknown): { readonly documentReference?: string } {
  const id = peekText(json, 'object_id')
  return id === undefined ? {} : { documentReference: id }
}

function reading({ status, json }: Reply, read: (json: unknown) => Outcome): Outcome {
  if (status === 200 || status === 201) return read(json)
  if (status === 429 || status === 503) return { outcome: 'retry', reason: `Shippo cannot answer now (${status}).` }
  if (status >= 400 && status < 500 && status !== 408)
    return { outcome: 'refused', reason: peekText(json, 'detail') ?? `Shippo refused (${status}).` }
  return { outcome: 'unclear', reason: `Shippo answered ${status}.` }
}
