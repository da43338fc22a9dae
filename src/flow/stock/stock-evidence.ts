import type { Effect, EffectState } from '../../backbone/ledger.ts'
import { type OwedStock, owedStock } from '../../processes/stock-difference/owed.ts'
import type { Connection } from '../connection.ts'
import type { Workplace } from '../workplace.ts'

const pageRows = 1000
const effectsMost = 200_000
const parkedMost = 1000
const bodyMost = 256 * 1024
/** So far behind the number of an item a quantity of it is looked for, characters. */
const nearby = 300

/** What is known outside the stock of the items: postings to the system by item, and messages that wait. */
export interface StockEvidence {
  readonly owed: ReadonlyMap<string, readonly OwedStock[]>
  /** Messages that name the item, with the numbers that stand near it. */
  readonly parked: (
    sku: string,
  ) => readonly { readonly message: string; readonly code: string; readonly quantities: readonly string[] }[]
  /** False: there was more than is looked through. */
  readonly complete: boolean
}

const open: readonly EffectState[] = ['queued', 'sending', 'awaiting', 'unknown', 'refused', 'parked']

/** Reads it once for a comparison. Applied postings count from a day before the other one looked: older ones are in its books. */
export async function stockEvidence(place: Workplace, connection: Connection, takenAt: number): Promise<StockEvidence> {
  const owed = new Map<string, OwedStock[]>()
  const isWhole = [
    await readEffects(place, connection, owed, { state: open }),
    await readEffects(place, connection, owed, { state: ['applied'], updatedSince: takenAt - dayMs }),
  ]
  const texts = await parkedTexts(place, connection.tenant)
  return {
    owed,
    complete: isWhole.every(Boolean),
    parked: (sku) =>
      texts.flatMap(({ message, code, text }) => {
        const at = text.indexOf(sku)
        if (at < 0) return []
        const near = text.slice(at + sku.length, at + sku.length + nearby)
        return [{ message, code, quantities: near.match(/\d{1,15}(?:\.\d{1,10})?/g)?.slice(0, 20) ?? [] }]
      }),
  }
}

const dayMs = 86_400_000

async function readEffects(
  place: Workplace,
  connection: Connection,
  owed: Map<string, OwedStock[]>,
  filter: { readonly state: readonly EffectState[]; readonly updatedSince?: number },
): Promise<boolean> {
  let after: string | undefined
  for (let read = 0; read < effectsMost; ) {
    const page: readonly Effect[] = await place.backbone.ledger.effects({
      tenant: connection.tenant,
      target: connection.id,
      ...filter,
      limit: pageRows,
      ...(after === undefined ? {} : { after }),
    })
    for (const { payload, ...effect } of page)
      for (const [sku, one] of owedStock({ ...effect, payload: JSON.parse(payload) as unknown })) {
        const list = owed.get(sku)
        if (list === undefined) owed.set(sku, [one])
        else list.push(one)
      }
    read += page.length
    after = page.at(-1)?.id
    if (page.length < pageRows) return true
  }
  return false
}

/** As text, whatever the format: what could not be read cannot be asked for its members. */
async function parkedTexts(
  place: Workplace,
  tenant: string,
): Promise<readonly { readonly message: string; readonly code: string; readonly text: string }[]> {
  const parked = await place.backbone.parked({ tenant, state: 'parked', limit: parkedMost })
  const texts: { message: string; code: string; text: string }[] = []
  for (const { message, code } of parked) {
    const stored = await place.backbone.message(message)
    if (stored === undefined || stored.body.length > bodyMost) continue
    texts.push({ message, code, text: new TextDecoder().decode(stored.body) })
  }
  return texts
}
