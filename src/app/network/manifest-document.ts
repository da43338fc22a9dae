import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { ManifestFile } from './manifest-file.ts'
import { filePlace, type Place, type Problems } from './problem.ts'

/** A manifest as plain objects, lists and texts, with the line of each. */
export interface ManifestDocument {
  readonly value: Readonly<Record<string, unknown>>
  readonly place: Place
}

/**
 * Reads YAML, of which JSON is a part. Every scalar is text, so that `004010`, `no` and `1e3` stay what was written; whoever reads a value
 * says what it is. Aliases and tags are refused: they hide what a file says. Undefined for what cannot be read.
 */
export function readManifestDocument(file: ManifestFile, problems: Problems): ManifestDocument | undefined {
  const whole = filePlace(file.path)
  const unreadable = (problem: string, place: Place = whole): undefined => {
    problems.add('MANIFEST_UNREADABLE', place, { problem })
    return undefined
  }
  const text = decoded(file.bytes)
  if (text === undefined) return unreadable('it is not UTF-8')
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      version: '1.2',
      lineCounter: lines,
      prettyErrors: false,
    })
    const [fault] = [...document.errors, ...document.warnings]
    if (fault !== undefined) {
      const { line } = lines.linePos(fault.pos[0])
      return unreadable(fault.message.split('\n')[0]?.replace(/\.$/, '') ?? 'not valid', { ...whole, line })
    }
    if (document.contents === null) return { value: {}, place: whole }
    if (!isMap(document.contents)) return unreadable('a mapping with keys such as partner and connections is expected')
    const value = document.toJS({ maxAliasCount: 0 }) as Readonly<Record<string, unknown>>
    return { value, place: placeOf(document.contents, { file: file.path, path: '', line: 1, lines }) }
  } catch (error) {
    // Aliases, and nesting deeper than the stack.
    const isAlias = error instanceof ReferenceError
    return unreadable(isAlias ? 'aliases are not allowed' : 'it is nested too deeply')
  }
}

interface Spot {
  readonly file: string
  readonly path: string
  readonly line: number
  readonly lines: LineCounter
}

function placeOf(node: Node | null, { file, path, line, lines }: Spot): Place {
  const lineOf = (one: unknown): number => {
    const offset = isScalar(one) || isMap(one) || isSeq(one) ? one.range?.[0] : undefined
    return offset === undefined ? line : lines.linePos(offset).line
  }
  const at = (key: string | number): Place => {
    const below = path === '' ? `${key}` : typeof key === 'number' ? `${path}[${key}]` : `${path}.${key}`
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && one.key.value === `${key}`)
      if (pair !== undefined)
        return placeOf(pair.value as Node | null, { file, path: below, line: lineOf(pair.key), lines })
    }
    if (isSeq(node) && typeof key === 'number' && node.items[key] !== undefined)
      return placeOf(node.items[key] as Node, { file, path: below, line: lineOf(node.items[key]), lines })
    return placeOf(null, { file, path: below, line, lines })
  }
  return { file, line, path, at, typed: () => typed(node) }
}

/** JSON means what it says; in YAML a plain `12` is a number, and `012` and "12" are text. */
function typed(node: unknown): unknown {
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', typed(value)] as const),
    )
  if (isSeq(node)) return node.items.map(typed)
  if (!isScalar(node)) return undefined
  const text = String(node.value)
  if (node.type !== 'PLAIN') return text
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Said by the caller.
    return undefined
  }
}
