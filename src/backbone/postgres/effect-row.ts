import type { Effect, EffectState } from '../ledger.ts'
import type { Lane } from '../step.ts'
import { transitions } from '../transitions.ts'
import { defined, integer, optionalInteger, optionalText, type Row, text } from './database.ts'

/** Columns that `effectOf` reads, of a table known as `e`. */
export const effectColumns = [
  ...[
    'effect_id',
    'seq',
    'tenant',
    'natural_key',
    'target',
    'key',
    'command',
    'external_reference',
    'payload',
    'class',
    'priority',
  ],
  ...[
    'state',
    'attempt',
    'ambiguous',
    'process_deaths',
    'first_sent_at',
    'send_deadline',
    'not_before',
    'next_at',
    'expires_at',
  ],
  ...['document_reference', 'reason', 'causation', 'correlation', 'trace', 'created_at', 'updated_at'],
]
  .map((column) => `e.${column}`)
  .join(', ')

/** The effect of a row with `effectColumns`. Throws TypeError for a state that this release does not know. */
export function effectOf(row: Row): Effect {
  return {
    id: text(row['effect_id']),
    tenant: text(row['tenant']),
    naturalKey: text(row['natural_key']),
    target: text(row['target']),
    key: text(row['key']),
    command: text(row['command']),
    externalReference: text(row['external_reference']),
    payload: text(row['payload']),
    lane: laneOf(row['class']),
    priority: integer(row['priority']),
    state: stateOf(row['state']),
    seq: integer(row['seq']),
    attempt: integer(row['attempt']),
    ambiguous: integer(row['ambiguous']),
    processDeaths: integer(row['process_deaths']),
    causation: text(row['causation']),
    correlation: text(row['correlation']),
    trace: text(row['trace']),
    createdAt: integer(row['created_at']),
    updatedAt: integer(row['updated_at']),
    ...defined({
      firstSentAt: optionalInteger(row['first_sent_at']),
      sendDeadline: optionalInteger(row['send_deadline']),
      notBefore: optionalInteger(row['not_before']),
      nextAt: optionalInteger(row['next_at']),
      expiresAt: optionalInteger(row['expires_at']),
      documentReference: optionalText(row['document_reference']),
      reason: optionalText(row['reason']),
    }),
  }
}

/** Throws for a state that this release does not know. */
export function stateOf(value: unknown): EffectState {
  const found = states.find((state) => state === value)
  if (found === undefined) throw new TypeError(`${String(value)} is not a state of an effect`)
  return found
}

const states = Object.keys(transitions) as EffectState[]

function laneOf(value: unknown): Lane {
  return value === 'interactive' || value === 'bulk' ? value : 'realtime'
}
