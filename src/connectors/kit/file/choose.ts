import { InterlineError } from '../../../base/errors.ts'
import { faultCodes } from '../../../edi/flat/fault-codes.ts'
import { readFlatFile } from '../../../edi/flat/flat-reader.ts'
import type { FlatSchema } from '../../../edi/flat/schema.ts'
import { schemaOf } from './declared-file.ts'
import { fitsName } from './file-name.ts'
import type { DeclaredFile } from './kind.ts'

/** Enough for a header and the first rows. */
const lookBytes = 16_384

/**
 * Which of the declared files it is: by its name, else the only one, else the one whose header or records it begins with. Throws
 * FILE_UNKNOWN.
 */
export function chooseFile(bytes: Uint8Array, file: string | undefined, kinds: readonly DeclaredFile[]): DeclaredFile {
  const named = kinds.filter(({ names }) => names !== undefined && file !== undefined && fitsName(file, names))
  const nameless = kinds.filter(({ names }) => names === undefined)
  const candidates = named.length > 0 ? named : file === undefined ? kinds : nameless
  const [only] = candidates
  if (only !== undefined && candidates.length === 1) return only
  const near = candidates
    .map((one) => ({ one, distance: distanceOf(bytes, schemaOf(one)) }))
    .toSorted((a, b) => a.distance - b.distance)
  const [best] = near
  // A header that lacks a column or two is told what it lacks, rather than that nobody knows it.
  if (best !== undefined && best.distance < 0.5) return best.one
  throw new InterlineError('FILE_UNKNOWN', {
    file: file ?? 'without a name',
    kinds: kinds.map(({ id }) => id).join(', '),
  })
}

/** Share of the required columns that the header lacks; 1 where the first row is none of its records. */
function distanceOf(bytes: Uint8Array, schema: FlatSchema): number {
  const required = schema.records.flatMap(({ fields }) => fields.filter(({ isRequired }) => isRequired)).length
  let lacking = 0
  // A header says which file it is; a row below it that is cut off does not.
  let isFirst = schema.form.kind !== 'csv' || !schema.form.hasHeader
  readFlatFile(bytes.subarray(0, lookBytes), schema, {
    record: () => {
      isFirst = false
    },
    fault: ({ code }) => {
      if (code === 'header.column_missing') lacking += 1 / required
      else if (code.startsWith('header.') || (isFirst && structural.includes(code))) lacking = 1
    },
  })
  return lacking
}

const structural: readonly string[] = Object.keys(faultCodes).filter((code) =>
  /^(row|record\.(unknown|misplaced))/.test(code),
)
