import { readDecimal } from '../../base/decimal.ts'
import type { Operation, Reading as Outcome, Reply } from '../kit/connector.ts'
import { labelsAnswer, ratesAnswer } from '../kit/load.ts'
import { peek, peekText } from '../kit/peek.ts'
import { type CarrierCommand, requestKinds } from './contract.ts'

interface Settings {
  readonly carrier: string
}

/** `PUT /requests/{externalReference}`: one request under our reference; the same call again changes nothing and is answered the same. */
export function request(command: CarrierCommand): Operation<Settings> {
  const kind = requestKinds[command]
  return {
    command,
    write: true,
    ask: ({ payload, externalReference }) => ({
      method: 'PUT',
      path: `/requests/${encodeURIComponent(externalReference)}`,
      contentType: 'application/json',
      body: JSON.stringify({ ...(payload as object), kind, externalReference }),
    }),
    read: (reply, _, { carrier }) => read(reply, carrier),
    idempotency: { strategy: 'upsert-by-external-id' },
  }
}

const packagesMax = 500

function read({ status, json }: Reply, carrier: string): Outcome {
  if (status === 200 || status === 201) {
    const number = peekText(json, 'number')
    const [rates, packages] = [peek(json, 'rates'), peek(json, 'packages')]
    return {
      outcome: 'applied',
      ...(number === undefined ? {} : { documentReference: number }),
      ...(Array.isArray(rates) ? { answer: ratesAnswer(rates.map((one) => rateOf(one, carrier))) } : {}),
      ...(Array.isArray(packages) ? { answer: labelsAnswer(packages.slice(0, packagesMax).flatMap(labelOf)) } : {}),
    }
  }
  if ([400, 403, 404, 409, 413, 415, 422].includes(status))
    return { outcome: 'refused', reason: peekText(json, 'messages', '0') ?? `The carrier refused (${status}).` }
  if ([423, 429, 503].includes(status))
    return { outcome: 'retry', reason: `The carrier did not take it now (${status}).` }
  return { outcome: 'unclear', reason: `The carrier answered ${status}.` }
}

function rateOf(told: unknown, carrier: string) {
  const amount = peekText(told, 'amount')
  return {
    id: peekText(told, 'id'),
    carrier: peekText(told, 'carrier') ?? carrier,
    service: peekText(told, 'service'),
    mode: peekText(told, 'mode'),
    amount: amount === undefined ? undefined : readDecimal(amount),
    currency: peekText(told, 'currency'),
  } as object
}

function labelOf(told: unknown) {
  const trackingNumber = peekText(told, 'trackingNumber')
  return trackingNumber === undefined ? [] : [{ id: peekText(told, 'id'), trackingNumber }]
}
