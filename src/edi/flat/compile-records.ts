import { compileField } from './compile-field.ts'
import { type FieldWords, type FlatDeclaration, type RecordDeclaration, wordsOf } from './declaration.ts'
import type { FlatField, FlatSchema, Form, RecordType, Tag } from './schema.ts'

/** Kinds of records with their fields; what is wrong is added to the problems. */
export function compileRecords(
  declared: FlatDeclaration,
  form: Form,
  problems: string[],
): Pick<FlatSchema, 'records' | 'document' | 'group' | 'once'> {
  const named: [string, RecordDeclaration][] = Object.entries(declared.records ?? {})
  const { fields } = declared
  if (fields !== undefined && Object.keys(fields).length > 0) named.unshift(['ROW', { fields }])
  const names = named.map(([name]) => name)
  if (new Set(names).size !== names.length) problems.push('ROW is the name of the rows themselves')
  if (named.filter(([, { tag }]) => tag === undefined).length > 1)
    problems.push('only one kind of record may have no tag')
  const words = named.map(([, one]) => placed(one, form, declared))
  const records = named.map(([name, one], index): RecordType => {
    const parent = one.parent === undefined ? undefined : names.indexOf(one.parent)
    if (parent !== undefined && (parent < 0 || parent >= index))
      problems.push(`record ${name}: its parent ${one.parent} must be declared before it`)
    const own = words[index] ?? {}
    return {
      name,
      tag: tagOf(one),
      parent,
      min: one.min ?? 0,
      max: one.max ?? Number.MAX_SAFE_INTEGER,
      fields: Object.entries(own).map(([field, said]) =>
        compileField(field, said, {
          record: name,
          names,
          words,
          own,
          form,
          declared,
          hasTag: one.tag !== undefined,
          problems,
        }),
      ),
    }
  })
  const document = declared.document === undefined ? undefined : names.indexOf(declared.document)
  if (document !== undefined && document < 0) problems.push(`document: there is no record ${declared.document}`)
  const rows = records[names.indexOf('ROW')]?.fields ?? []
  const group = groupOf(declared.group ?? [], rows, problems)
  return { records, document, group, once: onceOf(declared, rows, problems) }
}

/** Fields that the file has. What a base would like to know and nobody placed is not there. */
function placed(
  { fields = {}, tag }: RecordDeclaration,
  form: Form,
  { header = true }: FlatDeclaration,
): Readonly<Record<string, FieldWords>> {
  const hasNames = form.kind === 'csv' && header && tag === undefined
  const isPlaced = ({ value, at, column, required }: FieldWords): boolean =>
    value !== undefined ||
    (form.kind === 'fixed' ? at !== undefined : hasNames || typeof column === 'number') ||
    required === true
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, one]) => [name, wordsOf(one)] as const)
      .filter(([, one]) => isPlaced(one)),
  )
}

function tagOf({ tag }: RecordDeclaration): Tag | undefined {
  if (tag === undefined) return undefined
  const { at, is } = typeof tag === 'string' ? { at: 1, is: tag } : tag
  return { at: at - 1, length: is.length, is }
}

/** Those that the file has: what a base would like to know and nobody placed says nothing. */
function onceOf({ once = [], fields = {} }: FlatDeclaration, rows: readonly FlatField[], problems: string[]): number[] {
  return once.flatMap((name) => {
    if (!Object.hasOwn(fields, name)) problems.push(`once: there is no field ${name} in the rows`)
    const index = rows.findIndex((field) => field.name === name)
    return index < 0 ? [] : [index]
  })
}

function groupOf(names: readonly string[], fields: readonly FlatField[], problems: string[]): number[] {
  return names.map((name) => {
    const index = fields.findIndex((field) => field.name === name)
    if (index < 0) problems.push(`group: there is no field ${name} in the rows`)
    return index
  })
}
