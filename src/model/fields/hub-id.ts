import { Type } from 'typebox'
import type { entities } from '../fact.ts'

/** Prefixes of things that have a hub id and no fold of their own. */
const others = ['cnt', 'doc', 'exc', 'mov', 'pkg', 'rsv', 'trk', 'xrf'] as const

type Prefix = (typeof entities)[keyof typeof entities] | (typeof others)[number]

/** An id that the hub gave: a prefix that tells the kind of thing, an underscore, and 26 characters that mean nothing. */
export function hubId(meaning: string, prefix: Prefix) {
  return Type.String({ description: meaning, pattern: `^${prefix}_`, maxLength: 60 })
}
