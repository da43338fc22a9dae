import type { Operation, OperationRequest, Reading as Outcome, ReadBack, Reply } from '../kit/connector.ts'
import { documentKinds, type ErpCommand, referenceLength } from './contract.ts'

/** One posting as one exchange: the whole document with `complete: true`. Looked up by our reference after a lost answer. */
export function postingOperation(command: ErpCommand): Operation<unknown> {
  return {
    command,
    write: true,
    ask: (request) => ({
      method: 'POST',
      path: `/documents/${documentKinds[command]}`,
      contentType: 'application/json',
      body: JSON.stringify(documentOf(command, request)),
    }),
    read,
    // H: ten minutes, the longest that an accepted request may still finish. The look-up is strongly consistent.
    idempotency: {
      strategy: 'read-back',
      field: 'externalReference',
      horizonSeconds: 600,
      lagSeconds: 0,
      referenceLength,
    },
    readBack: {
      ask: ({ externalReference }) => ({
        method: 'GET',
        path: `/documents?externalReference=${encodeURIComponent(externalReference)}`,
      }),
      read: readLookUp,
    },
    // The contract says that these come before anything was booked.
    definitive: { notDone: [423, 503] },
  }
}

function documentOf(command: ErpCommand, { payload, externalReference }: OperationRequest): Record<string, unknown> {
  const { postingDate, lines, ...header } = payload as { postingDate?: string; lines?: readonly unknown[] }
  return {
    externalReference,
    kind: documentKinds[command],
    complete: true,
    ...(postingDate === undefined ? {} : { postingDate }),
    header,
    lines: lines ?? [],
  }
}

function read({ status, json }: Reply): Outcome {
  const body = objectOf(json)
  if (status === 200 || status === 201) {
    if (body?.status === 'error') return { outcome: 'refused', reason: messages(body) }
    const number = body?.documentNumber
    return typeof number === 'string' && number !== ''
      ? { outcome: 'applied', documentReference: number }
      : { outcome: 'unclear', reason: `The ERP answered ${status} without a document number.` }
  }
  if (status === 202) return { outcome: 'accepted' }
  if ([400, 403, 404, 409, 413, 415, 422].includes(status)) return { outcome: 'refused', reason: messages(body) }
  return { outcome: 'unclear', reason: `The ERP answered ${status}.` }
}

function readLookUp({ status, json }: Reply, request: OperationRequest): ReadBack {
  const body = objectOf(json)
  const found = body?.documents
  if (status !== 200 || !Array.isArray(found)) return { found: 'unclear', reason: `The look-up answered ${status}.` }
  if (typeof body?.next === 'string') return { found: 'unclear', reason: 'The look-up is not complete.' }
  const rows = found.map(objectOf).filter((row) => row?.externalReference === request.externalReference)
  const numbers = rows.map((row) => textOf(row?.documentNumber))
  if (numbers.length === 0) return { found: 'none' }
  const [only] = numbers
  return numbers.length === 1 && only !== undefined
    ? { found: 'one', documentReference: only, equal: true }
    : { found: 'many', documentReferences: numbers }
}

function messages(body: Readonly<Record<string, unknown>> | undefined): string {
  const list = Array.isArray(body?.messages) ? body.messages : []
  const said = list
    .map((one: unknown) => (typeof one === 'string' ? one : textOf(objectOf(one)?.text)))
    .filter((one) => one !== '')
  return said.length === 0 ? 'The ERP refused without saying why.' : said.join(' · ').slice(0, 500)
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
