import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { Fact } from '../../../model/fact.ts'
import { stockSubject } from '../../../model/stock/subject.ts'
import { defineRoute } from '../../route.ts'

const linesMost = 200
const factsMost = 20_000
const code = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))

/** What moved and what was counted: how a figure came to be. */
export const readStockLedger = defineRoute({
  method: 'GET',
  path: '/v1/inventory/ledger',
  scope: 'inventory:read',
  operationId: 'readStockLedger',
  summary: `The lines behind a balance: movements, reversals and counts of an item, newest first, at most ${linesMost}`,
  tag: 'inventory',
  query: Type.Object(
    {
      sku: Type.String({ minLength: 1, maxLength: 100, description: 'Item number.' }),
      location: code('Only lines that change or count stock there.'),
      status: code('Only in this stock status.'),
      lot: code('Only of this lot.'),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      item: Type.String({ description: 'Hub id of the stock of the item: what tasks about it name.' }),
      data: Type.Array(
        Type.Object({
          fact: Type.String(),
          kind: Type.String({
            description: 'movement_posted, movement_reversed, count_recorded or snapshot_recorded.',
          }),
          movement: Type.Optional(Type.String({ description: 'What kind of movement: goods_issue, receipt …' })),
          at: Type.String({ description: 'When it happened, RFC 3339.' }),
          recordedAt: Type.String({ description: 'When the hub heard of it.' }),
          source: Type.String({ description: 'Who said so.' }),
          message: Type.String({ description: 'What led to it: a message, an effect, a timer.' }),
          document: Type.Optional(Type.Unknown({ description: 'The paper behind it.' })),
          changes: Type.Array(
            Type.Object({
              location: Type.String(),
              status: Type.String(),
              lot: Type.Optional(Type.String()),
              delta: Type.Optional(Type.String({ description: 'Decimal in the base unit.' })),
              asserted: Type.Optional(Type.String({ description: 'How much was counted.' })),
            }),
          ),
        }),
      ),
      truncated: Type.Boolean({ description: 'There is more than is shown.' }),
    }),
  },
  handle: async ({ gateway, principal, query }) => {
    const item = stockSubject(principal.tenant, query.sku)
    const history = await gateway.backbone.history(item, factsMost)
    if (history.length === 0) throw new InterlineError('NOT_FOUND', { what: 'stock of this item' })
    const lines = history.flatMap(({ fact }) => lineOf(fact, query) ?? []).toReversed()
    const truncated = lines.length > linesMost || history.length === factsMost
    return { body: { item, data: lines.slice(0, linesMost), truncated } }
  },
})

const kinds: ReadonlySet<string> = new Set([
  'inventory.count_recorded',
  'inventory.movement_posted',
  'inventory.movement_reversed',
  'inventory.snapshot_recorded',
])

interface StockPlace {
  readonly location: string
  readonly status: string
  readonly lot?: string
  readonly delta?: string
  readonly asserted?: string
}

type Wanted = Readonly<Partial<Record<'location' | 'status' | 'lot', string>>>

/** Undefined where the fact is no line, or of another place. */
function lineOf(fact: Fact, { location, status, lot }: Wanted): object | undefined {
  if (!kinds.has(fact.type)) return undefined
  const { type, document, postings, ...own } = fact.data as StockPlace & {
    readonly type?: string
    readonly document?: unknown
    readonly postings?: readonly StockPlace[]
  }
  const changes = (postings ?? [own])
    .filter(
      (one) =>
        (location === undefined || one.location === location) &&
        (status === undefined || one.status === status) &&
        (lot === undefined || one.lot === lot),
    )
    .map(placeOf)
  if (changes.length === 0) return undefined
  return {
    fact: fact.id,
    kind: fact.type.replace('inventory.', ''),
    ...(type === undefined ? {} : { movement: type }),
    at: fact.occurredAt ?? fact.recordedAt,
    recordedAt: fact.recordedAt,
    source: fact.source,
    message: fact.causation,
    ...(document === undefined ? {} : { document }),
    changes,
  }
}

function placeOf({ location, status, lot, delta, asserted }: StockPlace): object {
  return {
    location,
    status,
    ...(lot === undefined || lot === '' ? {} : { lot }),
    ...(delta === undefined ? {} : { delta }),
    ...(asserted === undefined ? {} : { asserted }),
  }
}
