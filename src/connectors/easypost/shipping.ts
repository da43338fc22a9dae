import { compare, multiply, readDecimal, round } from '../../base/decimal.ts'
import type { Operation, Reading as Outcome, ReadBack, Reply } from '../kit/connector.ts'
import { type LoadPackage, labelsAnswer, ratesAnswer, readConsignment } from '../kit/load.ts'
import { peek, peekText } from '../kit/peek.ts'
import { Reading } from '../kit/reading.ts'

interface Settings {
  readonly shipFromAddresses: string
}

/**
 * EasyPost API reference, "Create a Shipment": a shipment with its rates. It binds nobody until one of them is bought, so asking twice does
 * no harm. One shipment is one parcel there.
 */
export const rateShipment: Operation<Settings> = {
  command: 'rate_shipment',
  write: true,
  ask: (request, { shipFromAddresses }) => {
    const { from, to, packages, told } = readConsignment(request, shipFromAddresses)
    const [only, ...others] = packages
    if (only === undefined || others.length > 0) throw told.at('packages').wrong('exactly one package')
    return post('/v2/shipments', {
      shipment: {
        reference: request.externalReference,
        from_address: { id: from },
        to_address: to,
        parcel: parcelOf(only, told),
      },
    })
  },
  read: (reply) =>
    reading(reply, (json) => ({ outcome: 'applied', ...named(json), answer: ratesAnswer(ratesOf(json)) })),
  idempotency: { strategy: 'state-transition' },
}

/** "Buy a Shipment": the rate that was quoted. It is looked up on the shipment, which can be bought once. */
export const bookShipment: Operation<Settings> = {
  command: 'book_shipment',
  write: true,
  ask: ({ payload }) => {
    const [shipment = '', rate = ''] = quoteOf(payload)
    return post(`/v2/shipments/${encodeURIComponent(shipment)}/buy`, { rate: { id: rate } })
  },
  read: (reply) => reading(reply, bought),
  idempotency: { strategy: 'read-back', field: 'postage_label', horizonSeconds: 600, lagSeconds: 0 },
  readBack: {
    ask: ({ payload }) => ({ method: 'GET', path: `/v2/shipments/${encodeURIComponent(quoteOf(payload)[0] ?? '')}` }),
    read: (reply, { payload }) => {
      if (reply.status !== 200) return unclear(reply)
      if (peek(reply.json, 'postage_label', 'id') === undefined) return { found: 'none' }
      const made = bought(reply.json)
      if (made.outcome !== 'applied') return { found: 'unclear', reason: 'The label has no number.' }
      const { documentReference = '', answer } = made
      const equal = peekText(reply.json, 'selected_rate', 'id') === quoteOf(payload)[1]
      return { found: 'one', documentReference, equal, ...(answer === undefined ? {} : { answer }) }
    },
  },
}

const voided: ReadonlySet<string> = new Set(['refunded', 'submitted'])

/** "Refund a Shipment": the carrier decides later whether he pays; the label must not be used from now on. */
export const voidLabel: Operation<Settings> = {
  command: 'void_label',
  write: true,
  ask: ({ payload }) => post(`/v2/shipments/${encodeURIComponent(documentOf(payload))}/refund`, {}),
  read: (reply) =>
    reading(reply, (json) => {
      const status = peekText(json, 'refund_status') ?? ''
      if (voided.has(status)) return { outcome: 'applied', ...named(json) }
      return status === 'rejected' || status === 'not_applicable'
        ? { outcome: 'refused', reason: `EasyPost does not take the label back (${status}).` }
        : { outcome: 'unclear', reason: 'EasyPost does not say whether the label is void.' }
    }),
  idempotency: { strategy: 'read-back', field: 'refund_status', horizonSeconds: 600, lagSeconds: 0 },
  readBack: {
    ask: ({ payload }) => ({ method: 'GET', path: `/v2/shipments/${encodeURIComponent(documentOf(payload))}` }),
    read: (reply) => {
      if (reply.status !== 200) return unclear(reply)
      const status = peekText(reply.json, 'refund_status') ?? ''
      if (voided.has(status)) return { found: 'one', documentReference: peekText(reply.json, 'id') ?? '', equal: true }
      return status === 'rejected'
        ? { found: 'refused', reason: 'The carrier does not take it back.' }
        : { found: 'none' }
    },
  },
}

function post(path: string, body: object) {
  return { method: 'POST', path, contentType: 'application/json', body: JSON.stringify(body) } as const
}

/** Shipment and rate, as `rate_shipment` names a quote. Throws CONTENT_INVALID where nothing was quoted. */
function quoteOf(payload: unknown): readonly string[] {
  const rate = new Reading(payload).at('rate')
  const parts = rate.text(200).split('/')
  if (parts.length !== 2) throw rate.wrong('a quote of this connection')
  return parts
}

function documentOf(payload: unknown): string {
  return new Reading(payload).at('document').text(100)
}

/** Ounces and inches, up to the next tenth: a parcel must not be declared lighter than it is. */
function parcelOf(one: LoadPackage, told: Reading): Readonly<Record<string, number>> {
  const { weightGrams, lengthMm, widthMm, heightMm } = one
  if (weightGrams === undefined) throw told.at('packages').wrong('a package with its weight')
  const sides = { length: lengthMm, width: widthMm, height: heightMm }
  return {
    weight: tenths(multiply(weightGrams, '1000000000'), 28_349_523_125n),
    ...Object.fromEntries(
      Object.entries(sides).flatMap(([name, mm]) =>
        mm === undefined ? [] : [[name, tenths(multiply(mm, '10'), 254n)]],
      ),
    ),
  }
}

/** A tenth of so many units, rounded up. */
function tenths(amount: string, unit: bigint): number {
  const whole = round(amount, 0)
  const scaled = (BigInt(whole) + (compare(whole, amount) < 0 ? 1n : 0n)) * 10n
  return Number((scaled + unit - 1n) / unit) / 10
}

function ratesOf(json: unknown) {
  const rates = peek(json, 'rates')
  const shipment = peekText(json, 'id') ?? ''
  return (Array.isArray(rates) ? (rates as unknown[]) : []).map((one) => {
    const amount = peekText(one, 'rate')
    return {
      id: `${shipment}/${peekText(one, 'id') ?? ''}`,
      carrier: peekText(one, 'carrier')?.toLowerCase(),
      service: peekText(one, 'service'),
      amount: amount === undefined ? undefined : readDecimal(amount),
      currency: peekText(one, 'currency'),
    } as object
  })
}

function bought(json: unknown): Outcome {
  const trackingNumber = peekText(json, 'tracking_code')
  if (trackingNumber === undefined)
    return { outcome: 'unclear', reason: 'EasyPost answered without a tracking number.' }
  return { outcome: 'applied', ...named(json), answer: labelsAnswer([{ trackingNumber }]) }
}

function named(json: unknown): { readonly documentReference?: string } {
  const id = peekText(json, 'id')
  return id === undefined ? {} : { documentReference: id }
}

/** EasyPost, "Errors": 422 for what it will not do, with a sentence. */
function reading({ status, json }: Reply, read: (json: unknown) => Outcome): Outcome {
  if (status === 200 || status === 201) return read(json)
  if (status === 429 || status === 503) return { outcome: 'retry', reason: `EasyPost cannot answer now (${status}).` }
  if (status >= 400 && status < 500 && status !== 408)
    return { outcome: 'refused', reason: peekText(json, 'error', 'message') ?? `EasyPost refused (${status}).` }
  return { outcome: 'unclear', reason: `EasyPost answered ${status}.` }
}

function unclear({ status }: Reply): ReadBack {
  return { found: 'unclear', reason: `EasyPost answered ${status} when it was asked for the shipment.` }
}
