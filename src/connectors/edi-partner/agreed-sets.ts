import type { Field } from '../../base/fields.ts'
import type { SetHeader } from '../../edi/envelope/events.ts'
import { knownSets, versionOf, versionRead } from '../../edi/sets/find.ts'
import type { VerdictCode } from '../../edi/verdict/codes.ts'
import { answerSets } from './answers/answer-sets.ts'

/** Entries `940` or `940@004010`; empty for all. */
export type AgreedSets = readonly string[]

/** A setting that names sets, each with a version or in any. */
export function setList(description: string): Field<AgreedSets> {
  const parse = (value: unknown): AgreedSets => {
    const entries: readonly unknown[] = Array.isArray(value) ? value : String(value).split(',')
    return entries
      .map((one) => String(one).trim())
      .filter((one) => one !== '')
      .map(checked)
  }
  return { kind: 'list', description, default: [], required: false, secret: false, parse }
}

function checked(entry: string): string {
  const [set = '', version] = entry.split('@')
  const versions = knownSets.filter(({ table }) => table.identifier === set).map((one) => one.version)
  if (versions.length === 0)
    throw new Error(`there is no set ${set}; expected one such as 940, 940@004010 or DESADV@D.96A`)
  if (version !== undefined && versionRead(set, version) === undefined)
    throw new Error(`there is no version ${version} of the ${set}; known are ${versions.join(', ')}`)
  return entry
}

/** Whether the agreement has the set, and in this version. */
export function isAgreed(agreed: AgreedSets, set: string, version: string): 'yes' | 'other_version' | 'no' {
  if (agreed.length === 0) return 'yes'
  const entries = agreed.map((one) => one.split('@')).filter(([name]) => name === set)
  if (entries.length === 0) return 'no'
  return entries.some(([, only]) => only === undefined || only === version) ? 'yes' : 'other_version'
}

/** What is wrong with a set of the partner. Answers to what we sent are always taken: without them nothing is known of it. */
export function judgeSet(header: SetHeader, receives: AgreedSets): VerdictCode | undefined {
  if (receives.length === 0 || answerSets.has(header.identifier)) return undefined
  const found = isAgreed(receives, header.identifier, versionOf(header))
  if (found === 'yes') return undefined
  return found === 'no' ? 'set.not_agreed' : 'set.version_unsupported'
}
