import { shortHash } from '../../base/sha256.ts'
import type { Operation, OperationRequest, Reading as Outcome, ReadBack, Reply } from '../kit/connector.ts'
import { later, messagesOf, readFailure } from '../kit/contract-answer.ts'
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
      read: (reply, request) => readLookUp(reply, documentOf(command, request)),
    },
    definitive: { notDone: later },
  }
}

interface ErpDocument {
  readonly externalReference: string
  readonly kind: string
  readonly complete: true
  readonly content: string
  readonly postingDate?: string
  readonly header: Readonly<Record<string, unknown>>
  readonly lines: readonly unknown[]
}

function documentOf(command: ErpCommand, { payload, externalReference }: OperationRequest): ErpDocument {
  const { postingDate, lines = [], ...header } = payload as { postingDate?: string; lines?: readonly unknown[] }
  const kind = documentKinds[command]
  const date = postingDate === undefined ? {} : { postingDate }
  const content = shortHash(JSON.stringify({ kind, ...date, header, lines }))
  return { externalReference, kind, complete: true, content, ...date, header, lines }
}

function read(reply: Reply): Outcome {
  const { status, json } = reply
  const body = objectOf(json)
  if (status === 200 || status === 201) {
    if (body?.status === 'error')
      return { outcome: 'refused', reason: messagesOf(json) ?? 'The ERP refused without saying why.' }
    const number = body?.documentNumber
    return typeof number === 'string' && number !== ''
      ? { outcome: 'applied', documentReference: number }
      : { outcome: 'unclear', reason: `The ERP answered ${status} without a document number.` }
  }
  return status === 202 ? { outcome: 'accepted' } : readFailure(reply, 'The ERP')
}

/** An ERP may leave out kind and content; what it gives back must be what was meant. */
function readLookUp({ status, json }: Reply, meant: ErpDocument): ReadBack {
  const body = objectOf(json)
  const found = body?.documents
  if (status !== 200 || !Array.isArray(found)) return { found: 'unclear', reason: `The look-up answered ${status}.` }
  if (body?.next !== undefined && body.next !== null && body.next !== '')
    return { found: 'unclear', reason: 'The look-up is not complete.' }
  const rows = found.map(objectOf).filter((row) => row?.externalReference === meant.externalReference)
  const numbers = rows.map((row) => textOf(row?.documentNumber))
  const [only] = numbers
  if (only === undefined) return { found: 'none' }
  if (numbers.length > 1) return { found: 'many', documentReferences: numbers }
  if (only === '') return { found: 'unclear', reason: 'The look-up found a document without a number.' }
  const { kind, content } = rows[0] ?? {}
  const equal = (kind ?? meant.kind) === meant.kind && (content ?? meant.content) === meant.content
  return { found: 'one', documentReference: only, equal }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
