import type { Code } from '../model/codes/code-key.ts'
import { distance } from '../model/codes/distance.ts'
import { units } from '../model/unit.ts'
import type { CodeProposal } from './codes.ts'
import type { CrossReference } from './cross-reference.ts'
import { plainCode } from './master-data.ts'
import type { MasterKindName } from './master-kinds.ts'
import type { Queryable } from './queryable.ts'

const proposalsMax = 5
const candidatesMax = 500

/** Names that people give to units, beside the codes of the tables. */
const unitNames: Readonly<Record<string, string>> = {
  EACH: 'C62',
  PIECE: 'C62',
  PIECES: 'C62',
  STUECK: 'C62',
  UNIT: 'C62',
  BAG: 'XBG',
  BOX: 'XBX',
  CASE: 'XCS',
  CARTON: 'XCT',
  CTN: 'XCT',
  PACK: 'XPK',
  PALLET: 'XPX',
  ROLL: 'XRO',
  KILO: 'KGM',
  KILOGRAM: 'KGM',
  POUND: 'LBR',
  LITRE: 'LTR',
  METRE: 'MTR',
}

/** What a code may mean: the same name at another system, a number on its label, then what is written almost alike. */
export async function proposalsFor(
  database: Queryable,
  code: Code,
  kind: MasterKindName | undefined,
): Promise<readonly CodeProposal[]> {
  const wanted = plainCode(code.value)
  const found = [...(await ofOthers(database, code, wanted))]
  if (kind === undefined) found.push(...alike(wanted, [...Object.entries(unitNames), ...Object.keys(units).map(self)]))
  else {
    if (kind === 'items') found.push(...(await byLabel(database, code)))
    found.push(...alike(wanted, (await near(database, code, { kind, wanted })).map(self)))
  }
  const best = new Map<string, CodeProposal>()
  for (const proposal of found) if (!best.has(proposal.canonicalId)) best.set(proposal.canonicalId, proposal)
  return [...best.values()].slice(0, proposalsMax)
}

function self(key: string): readonly [string, string] {
  return [key, key]
}

async function ofOthers(database: Queryable, { tenant, kind }: Code, wanted: string): Promise<readonly CodeProposal[]> {
  const { rows } = await database.query(
    `SELECT body FROM master_data WHERE tenant = $1 AND kind = 'cross-references' AND plain = $2 LIMIT 50`,
    [tenant, wanted],
  )
  return rows
    .map((row) => JSON.parse(String(row['body'])) as CrossReference)
    .filter(({ entity, status }) => entity === kind && status !== 'retired')
    .map(({ canonicalId, system, externalValue }) => ({ canonicalId, why: `${system} calls it ${externalValue}` }))
}

/** A number of the maker. */
async function byLabel(database: Queryable, { tenant, value }: Code): Promise<readonly CodeProposal[]> {
  if (!/^\d{8,14}$/.test(value)) return []
  const { rows } = await database.query(
    `SELECT key FROM master_data WHERE tenant = $1 AND kind = 'items' AND body LIKE '%"gtin":"' || $2 || '"%' LIMIT 5`,
    [tenant, value],
  )
  return rows.map((row) => ({ canonicalId: String(row['key']), why: 'the same GTIN' }))
}

/** Keys that begin alike, or hold the code, or are held by it. */
async function near(
  database: Queryable,
  { tenant }: Code,
  { kind, wanted }: { readonly kind: MasterKindName; readonly wanted: string },
): Promise<readonly string[]> {
  const { rows } = await database.query(
    `SELECT key FROM master_data WHERE tenant = $1 AND kind = $2
        AND ((plain >= $3 AND plain < $3 || '~') OR plain = ANY($5::text[]) OR (length($4) > 3 AND plain LIKE '%' || $4 || '%'))
      ORDER BY plain = $4 DESC, abs(length(plain) - length($4)), key LIMIT $6`,
    [tenant, kind, wanted.slice(0, 3), wanted.replaceAll(/[\\%_]/g, ''), shortened(wanted), candidatesMax],
  )
  return rows.map((row) => String(row['key']))
}

/** Without some characters at either end: partners put letters of their own around our codes. */
function shortened(wanted: string): readonly string[] {
  const cuts = [1, 2, 3].filter((cut) => wanted.length - cut >= 3)
  return [wanted, ...cuts.flatMap((cut) => [wanted.slice(cut), wanted.slice(0, -cut)])]
}

/** Those that differ in few characters for their length, the nearest first. */
function alike(wanted: string, names: readonly (readonly [name: string, canonicalId: string])[]): CodeProposal[] {
  return names
    .map(([name, canonicalId]) => {
      const plain = plainCode(name)
      const share = distance(wanted, plain) / Math.max(wanted.length, plain.length, 1)
      const isHeld = plain.length > 2 && (wanted.includes(plain) || plain.includes(wanted))
      return { canonicalId, name, share: isHeld ? Math.min(share, farthest) : share }
    })
    .filter(({ share }) => share <= farthest)
    .toSorted((a, b) => a.share - b.share || (a.canonicalId < b.canonicalId ? -1 : 1))
    .map(({ canonicalId, name, share }) => ({
      canonicalId,
      why: share === 0 ? `written like ${name}` : `almost ${name}`,
    }))
}

const farthest = 0.4
