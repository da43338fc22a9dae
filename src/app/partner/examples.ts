import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InterlineError } from '../../base/errors.ts'
import { writeInstant } from '../../base/instant.ts'
import { type ExampleDocument, plainExample } from '../../connectors/kit/example.ts'
import type { ConnectionExamples } from '../../gateway/desks/network-desk.ts'
import { nothingShown, type TriedBy, tryDocument } from './trial.ts'

const connectors = join(import.meta.dirname, '../../connectors')
/** Trying thirty sets costs some milliseconds, and a connection stays the same object until the network is applied again. */
const known = new WeakMap<TriedBy, { readonly day: string; readonly examples: ConnectionExamples }>()

/**
 * Documents that this connection takes today: each passed its own trial. What a partnership asks for more than a pattern has is told
 * instead of a document that would fail.
 */
export function examplesOf(connection: TriedBy, now: number): ConnectionExamples {
  const day = writeInstant(now).slice(0, 10)
  const before = known.get(connection)
  if (before?.day === day) return before.examples
  const examples = made(connection, now)
  known.set(connection, { day, examples })
  return examples
}

function made(connection: TriedBy, now: number): ConnectionExamples {
  const offered = new Map<string, ExampleDocument>()
  const withheld = new Map<string, string>()
  for (const file of connection.connector.inbound?.examples?.patterns ?? []) {
    try {
      // A second pattern for the same file asks less of the agreement than the first.
      for (const one of written(connection, file, now).filter((example) => !offered.has(example.file))) {
        const fault = faultOf(connection, one, now)
        if (fault === undefined) offered.set(one.file, one)
        else withheld.set(one.file, fault)
      }
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      withheld.set(file.replace('.in.', '.'), error.message)
    }
  }
  return {
    offered: [...offered.values()],
    withheld: [...withheld].flatMap(([file, reason]) => (offered.has(file) ? [] : [{ file, reason }])),
  }
}

function faultOf(connection: TriedBy, example: ExampleDocument, now: number): string | undefined {
  const rules = tryDocument(connection, example, { now, shown: nothingShown })
  // A verdict that is forgiven has a place, too: nobody learns from a document that is only tolerated.
  const fault = rules.find(({ result, place }) => result === 'failed' || place !== undefined)
  return fault === undefined ? undefined : [fault.detail, fault.place].filter(Boolean).join(' ')
}

function written({ connector, settings }: TriedBy, file: string, at: number): readonly ExampleDocument[] {
  const pattern = { file, bytes: readFileSync(join(connectors, connector.id, 'golden/inbound', file)) }
  return connector.inbound?.examples?.write?.(pattern, { settings, at }) ?? [plainExample(pattern)]
}
