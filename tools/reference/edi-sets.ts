import type { CompiledSet, Position } from '../../src/edi/grammar/compiled.ts'
import type { SetTable } from '../../src/edi/grammar/set.ts'
import type { Overlay } from '../../src/edi/overlay/overlay.ts'
import { code, page, table } from '../markdown.ts'

/** A set with its grammar in each version, and whether a map reads it. */
export interface KnownSet {
  readonly table: SetTable
  readonly grammars: readonly CompiledSet[]
  readonly isMapped: boolean
}

/** The reference of every EDI set, made of its grammar. */
export function ediSetsPage(sets: readonly KnownSet[], overlays: readonly Overlay[]): string {
  const overview = table(
    ['set', 'what it is', 'group', 'versions', 'map'],
    sets.map(({ table: { identifier, about, functionalIdentifier, versions }, isMapped }) => [
      `[${identifier}](#${identifier.toLowerCase()})`,
      about,
      functionalIdentifier,
      versions.map(code).join(' '),
      isMapped ? 'yes' : '',
    ]),
  )
  const shipped = table(
    ['overlay', 'lies over', 'what it asks for'],
    overlays.map(({ name, set, version, about }) => [code(name), `${set} ${version}`, about]),
  )
  return page(
    'EDI sets',
    'Every set and message that is checked to the element, with the order, the number and the loops of its segments. A line is a segment: M must be there, O may, then how often at most. Loops are indented under their first segment. These are facts of structure; what the elements mean is in the standards.',
    [overview, '## Overlays', shipped, ...sets.map(section)],
  )
}

function section({ table: { identifier, about }, grammars }: KnownSet): string {
  const forms = new Map<string, string[]>()
  for (const set of grammars) {
    const text = structureOf(set)
    forms.set(text, [...(forms.get(text) ?? []), set.version])
  }
  const parts = [...forms].map(([text, versions]) => `${versions.map(code).join(' ')}\n\n\`\`\`\n${text}\n\`\`\``)
  return [`## ${identifier}`, about, ...parts].join('\n\n')
}

function structureOf({ positions }: CompiledSet): string {
  return positions.map(lineOf).join('\n')
}

function lineOf({ tag, isTrigger, loop, required, max }: Position): string {
  const indent = '  '.repeat(isTrigger ? loop.depth - 1 : loop.depth)
  const usage = (isTrigger ? loop.required : required) === 'none' ? 'O' : 'M'
  const times = isTrigger ? loop.max : max
  return `${indent}${tag.padEnd(4)}${usage} ${times}${isTrigger ? ` loop ${loop.id}` : ''}`
}
