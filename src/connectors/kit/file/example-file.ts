import { encodeText } from '../../../edi/flat/encoding.ts'
import { textType } from '../../../edi/flat/field-type.ts'
import { flatMap, flatTree, readFlatDocument } from '../../../edi/flat/flat-map.ts'
import { readFlatFile } from '../../../edi/flat/flat-reader.ts'
import { flatText } from '../../../edi/flat/flat-writer.ts'
import type { FlatSchema } from '../../../edi/flat/schema.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Rows } from '../../../edi/map/rows.ts'
import type { ExampleDocument, Pattern } from '../example.ts'
import { filesIn } from './all.ts'
import { chooseFile } from './choose.ts'
import { schemaOf } from './declared-file.ts'
import type { DeclaredFile, FileKindIn } from './kind.ts'

const defaultForms: readonly DeclaredFile[] = filesIn.map((kind) => ({ id: kind.id, kind }))

/** A pattern in the default form of its kind, written in every form that a connection declares for the kind. Throws FILE_UNWRITABLE. */
export function exampleFiles({ bytes }: Pattern, kinds: readonly DeclaredFile[]): readonly ExampleDocument[] {
  const { kind } = chooseFile(bytes, undefined, defaultForms)
  return kinds
    .filter((one) => one.kind === kind)
    .map(({ id, names, schema }) => {
      const isCsv = (schema?.form.kind ?? 'csv') === 'csv'
      return {
        file: names?.[0]?.replaceAll(/[*?]/g, '1') ?? `${id.replaceAll('_', '-')}.${isCsv ? 'csv' : 'txt'}`,
        contentType: isCsv ? 'text/csv' : 'text/plain',
        bytes: schema === undefined ? bytes : rewritten(bytes, kind, schema),
      }
    })
}

/** Every row of a pattern says all that is said of a line: rows of another table are filled as they are, records by their nesting. */
function rewritten(bytes: Uint8Array, kind: FileKindIn, schema: FlatSchema): Uint8Array {
  const { members, lists } = kind.shape
  const isTable = schema.records.filter(({ tag }) => tag === undefined).length > 0
  const shape = isTable ? { members, lists: { rows: Object.values(lists).flat() } } : kind.shape
  const usual = schemaOf({ id: kind.id, kind })
  const rows = flatMap(shape, usual)
  const own = flatMap(shape, schema)
  const documents: EdiDocument[] = []
  readFlatFile(bytes, usual, {
    document: (one) => {
      const read = readFlatDocument(one, rows)
      documents.push(fitted(isTable ? read : nested(read, own), schema))
    },
  })
  const trees = documents.map((document) => flatTree(document, own))
  const above = Array.from({ length: schema.skipLines }, () => `Example${schema.lineEnd}`).join('')
  return encodeText(`${above}${flatText(trees, schema)}`, schema.encoding, schema.byteOrderMark)
}

/** Names are shortened to what a fixed line has room for: they are examples. Quantities and times are not: that would say another thing. */
function fitted(document: EdiDocument, { form, records }: FlatSchema): EdiDocument {
  if (form.kind === 'csv') return document
  const room = new Map(
    records.flatMap(({ fields }) =>
      fields.flatMap(({ name, length, type }) => (type === textType ? [[name, length] as const] : [])),
    ),
  )
  const cut = (inner: EdiDocument): EdiDocument =>
    Object.fromEntries(
      Object.entries(inner).map(([name, value]) => {
        if (typeof value === 'string') return [name, value.slice(0, room.get(name) ?? value.length)]
        return [name, Array.isArray(value) ? value.map(cut) : cut(value as EdiDocument)]
      }),
    )
  return cut(document)
}

/** Lines below the packages that they stand beside in the pattern, where the file has them so. */
function nested(document: EdiDocument, rows: Rows): EdiDocument {
  const { packages, lines } = document
  const row = rows['packages']
  const isNested = row !== undefined && 'rows' in row && Object.hasOwn(row.rows, 'lines')
  if (!isNested || !Array.isArray(packages) || !Array.isArray(lines)) return document
  const boxes = Map.groupBy(packages.keys(), (at) => JSON.stringify(packages[at]))
  return {
    ...document,
    packages: [...boxes.values()].map((places) => ({
      ...packages[places[0] ?? 0],
      lines: places.flatMap((at) => lines[at] ?? []),
    })),
  }
}
