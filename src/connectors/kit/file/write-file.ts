import { InterlineError } from '../../../base/errors.ts'
import { encodeText } from '../../../edi/flat/encoding.ts'
import { flatMap, flatTree } from '../../../edi/flat/flat-map.ts'
import { flatText } from '../../../edi/flat/flat-writer.ts'
import type { EdiDocument, EdiValue } from '../../../edi/map/read.ts'
import type { Ask } from '../connector.ts'
import { schemaOf } from './declared-file.ts'
import { filledName } from './file-name.ts'
import type { DeclaredFile, FileKindOut } from './kind.ts'

/** One document as a file for the folder of the connection's drop. Throws FILE_UNWRITABLE for what the file cannot say. */
export function askForFile(
  payload: unknown,
  { kind, schema: own, fileName }: DeclaredFile<FileKindOut> & { readonly fileName?: string },
  number: string,
): Ask {
  const schema = schemaOf({ id: kind.id, kind, ...(own === undefined ? {} : { schema: own }) })
  const document = flattened(payload)
  const lines = document['lines']
  if (!Array.isArray(lines) || lines.length === 0)
    throw new InterlineError('FILE_UNWRITABLE', { problem: 'the document has no lines' })
  const body = flatText([flatTree(document, flatMap(kind.shape, schema))], schema)
  // What cannot be encoded must fail here, before an attempt is recorded as sent.
  encodeText(body, schema.encoding, schema.byteOrderMark)
  const name = filledName(fileName ?? `${kind.id.replaceAll('_', '-')}-{number}.${endingOf(schema.form.kind)}`, {
    ...document,
    number,
  })
  return {
    method: 'PUT',
    url: `drop:${encodeURIComponent(name)}`,
    contentType: schema.form.kind === 'csv' ? 'text/csv' : 'text/plain',
    body,
    encoding: { charset: schema.encoding, byteOrderMark: schema.byteOrderMark },
  }
}

function endingOf(form: 'csv' | 'fixed'): string {
  return form === 'csv' ? 'csv' : 'txt'
}

/** Text and lists of objects; members of an object get its name in front: `shipTo.city` is `shipToCity`. */
function flattened(payload: unknown): Record<string, EdiValue> {
  const found: Record<string, EdiValue> = {}
  if (typeof payload !== 'object' || payload === null) return found
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value === 'string') found[name] = value
    else if (typeof value === 'boolean' || typeof value === 'number') found[name] = String(value)
    else if (Array.isArray(value)) {
      const objects = value.filter((one) => typeof one === 'object' && one !== null)
      if (objects.length > 0) found[name] = objects.map((one): EdiDocument => flattened(one))
    } else
      for (const [member, inner] of Object.entries(flattened(value)))
        found[`${name}${member.charAt(0).toUpperCase()}${member.slice(1)}`] = inner
  }
  return found
}
