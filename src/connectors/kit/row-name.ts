import { compare, type Decimal } from '../../base/decimal.ts'

/** A row of a document that its sender has not numbered. */
export interface UnnumberedRow {
  readonly sku: string
  readonly quantity: Decimal
  readonly uom: string
  readonly lot?: string
  readonly serial?: string
  readonly status?: string
  readonly packedIn?: string
}

/** Characters that the name of a movement may have: of its system, kind, document and line, and of its row with all that tells that from others. */
export const movementNameMax = 1000

/**
 * Names of rows without numbers, after what each is about: never after its place, because the next export of the same document may list
 * the rows in another order. The quantity with its unit is no part of a name, so that a corrected one is seen as that and not as more
 * goods; it only orders rows that are alike in everything else. Names of one document differ, and are in the order of its rows.
 */
export function rowNames(rows: readonly UnnumberedRow[]): string[] {
  const names: string[] = []
  const alike = Map.groupBy(rows.keys(), (at) => contentOf(rows[at]))
  for (const [content, places] of alike) {
    const ordered = places.toSorted((a, b) => byQuantity(rows[a], rows[b]))
    for (const [before, at] of ordered.entries()) names[at] = before === 0 ? content : `${content}|${before + 1}`
  }
  return names
}

function contentOf(row: UnnumberedRow | undefined): string {
  if (row === undefined) return ''
  const { sku, lot, serial, status, packedIn } = row
  // Available is what stock is where nobody says of which status it is.
  const parts = { lot, serial, status: status === 'available' ? undefined : status, in: packedIn }
  const told = Object.entries(parts).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${plain(value)}`],
  )
  return [plain(sku), ...told].join('|')
}

/** What stands between the parts is marked within them: two rows that differ have never one name. */
function plain(value: string): string {
  return value.replaceAll(/[\\|]/g, String.raw`\$&`)
}

function byQuantity(a: UnnumberedRow | undefined, b: UnnumberedRow | undefined): number {
  if (a === undefined || b === undefined) return 0
  return compare(a.quantity, b.quantity) || (a.uom < b.uom ? -1 : Number(a.uom > b.uom))
}
