import { Compile } from 'typebox/compile'
import { InterlineError } from '../../base/errors.ts'
import { compileRecords } from './compile-records.ts'
import { type FlatDeclaration, flatDeclaration, wordsOf } from './declaration.ts'
import type { FlatSchema, Form } from './schema.ts'

const check = Compile(flatDeclaration)

/**
 * A schema from what a person wrote down, laid over a base that says what the fields are: type, required, codes. Throws
 * FILE_SCHEMA_INVALID that lists every problem.
 */
export function flatSchema(name: string, declared: unknown, base: FlatDeclaration = {}): FlatSchema {
  if (!check.Check(declared)) {
    const problems = check
      .Errors(declared)
      .filter(({ keyword }) => keyword !== 'anyOf')
      .map(({ instancePath, message, keyword }) =>
        keyword === 'boolean' ? `${instancePath} is not known here` : `${instancePath || '/'} ${message}`,
      )
    throw invalid(name, [...new Set(problems)].slice(0, 20))
  }
  const whole = laidOver(base, declared)
  const form = formOf(whole)
  const problems: string[] = []
  const { records, document, group, once } = compileRecords(whole, form, problems)
  if (records.length === 0) problems.push('it declares neither fields nor records')
  if (form.kind === 'fixed' && !form.hasLineEnds && form.lineLength === undefined)
    problems.push('lineLength is required where lines have no ends')
  if (problems.length > 0) throw invalid(name, problems)
  const { encoding = 'utf-8', lineEnd = 'lf', byteOrderMark = false, comment = '', skipLines = 0 } = whole
  return {
    name,
    form,
    encoding,
    lineEnd: lineEnd === 'crlf' ? '\r\n' : '\n',
    byteOrderMark,
    comment,
    skipLines,
    isRagged: whole.ragged ?? false,
    trim: whole.trim ?? true,
    records,
    document,
    group,
    once,
  }
}

/** The narrower word counts, field by field. Types and codes of the base reach fields of the same name in any record. */
function laidOver(base: FlatDeclaration, declared: FlatDeclaration): FlatDeclaration {
  const known = base.fields ?? {}
  const over = (fields: FlatDeclaration['fields']): NonNullable<FlatDeclaration['fields']> =>
    Object.fromEntries(
      Object.entries(fields ?? {}).map(([name, one]) => [name, { ...wordsOf(known[name]), ...wordsOf(one) }]),
    )
  const isHierarchy = Object.values(declared.records ?? {}).some(({ parent }) => parent !== undefined)
  const records = Object.fromEntries(
    Object.entries(declared.records ?? {}).map(([name, one]) => [name, { ...one, fields: over(one.fields) }]),
  )
  const { fields: _, ...others } = { ...base, ...declared }
  return isHierarchy
    ? { ...others, group: [], once: [], records }
    : { ...others, fields: { ...known, ...over(declared.fields) }, records }
}

function formOf(declared: FlatDeclaration): Form {
  if (declared.format === 'fixed')
    return {
      kind: 'fixed',
      unit: declared.unit ?? 'characters',
      lineLength: declared.lineLength,
      hasLineEnds: declared.lineEnds ?? true,
    }
  const quote = declared.quote ?? '"'
  return {
    kind: 'csv',
    delimiter: declared.delimiter ?? ',',
    quote,
    escape: declared.escape ?? quote,
    hasHeader: declared.header ?? true,
    quoting: declared.quoting ?? 'needed',
  }
}

function invalid(name: string, problems: readonly string[]): InterlineError {
  return new InterlineError('FILE_SCHEMA_INVALID', { schema: name, problems: problems.join('; ') })
}
