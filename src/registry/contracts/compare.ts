import type { Contract, ContractPart, Direction } from './contract.ts'
import { withoutWords } from './json-schema.ts'
import { type Broken, schemaChanges } from './schema-difference.ts'

/** One difference between two versions of a contract. */
export interface ContractChange {
  /** `body`, `answer`, `data` … */
  readonly part: string
  /** Place in the part, as a JSON pointer; empty for the part as a whole. */
  readonly path: string
  readonly reason: string
  /** Somebody who kept the old version is refused, or reads something that he does not expect. */
  readonly isBreaking: boolean
  /** `senders` write to the hub, `receivers` read what it writes. */
  readonly breaks: 'senders' | 'receivers' | 'both' | 'nobody'
}

/** What a new version of a contract changes, and whom that breaks; nothing when it says the same. */
export function compareContracts(
  before: Pick<Contract, 'parts'>,
  after: Pick<Contract, 'parts'>,
): readonly ContractChange[] {
  const parts = [...new Set([...before.parts, ...after.parts].map(({ name }) => name))]
  const find = (of: Pick<Contract, 'parts'>, name: string): ContractPart | undefined =>
    of.parts.find((one) => one.name === name)
  return parts.flatMap((name) => partChanges(name, find(before, name), find(after, name)))
}

/** Whether whoever kept the old version can go on. */
export function isCompatible(changes: readonly ContractChange[]): boolean {
  return changes.every(({ isBreaking }) => !isBreaking)
}

function partChanges(
  part: string,
  before: ContractPart | undefined,
  after: ContractPart | undefined,
): readonly ContractChange[] {
  if (before === undefined || after === undefined) {
    const isNew = before === undefined
    const direction = (before ?? after)?.direction ?? 'both'
    const broken: Broken = direction === 'in' ? 'writers' : isNew && direction === 'out' ? 'nobody' : 'both'
    return [{ part, path: '', reason: isNew ? 'is new' : 'is gone', ...judged(broken, direction) }]
  }
  const { direction } = after
  return schemaChanges(withoutWords(before.schema), withoutWords(after.schema)).map(({ path, reason, breaks }) => ({
    part,
    path,
    reason,
    ...judged(breaks, direction),
  }))
}

/** Who writes and who reads follows from the way that a part goes. */
function judged(broken: Broken, direction: Direction): Pick<ContractChange, 'isBreaking' | 'breaks'> {
  const senders = direction !== 'out' && (broken === 'writers' || broken === 'both')
  const receivers = direction !== 'in' && (broken === 'readers' || broken === 'both')
  const breaks = senders && receivers ? 'both' : senders ? 'senders' : receivers ? 'receivers' : 'nobody'
  return { isBreaking: breaks !== 'nobody', breaks }
}
