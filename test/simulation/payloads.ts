import { connectors } from '../../src/connectors/all.ts'
import { exampleSettings, playGolden } from '../../src/connectors/kit/golden.ts'
import type { ConnectionDeclaration } from '../../src/flow/connection.ts'
import type { Reference } from '../../src/model/fact.ts'
import { goldenFiles } from '../../tools/golden.ts'
import { PocketHub } from '../pocket-hub.ts'

/** A document in the shape that a vendor really sends. */
export interface Payload {
  readonly connection: string
  readonly name: string
  readonly text: string
  readonly contentType: string
}

const withDoor = connectors.filter(({ inbound }) => inbound !== undefined)

/** One connection for each connector that takes something in. */
export const payloadConnections: readonly ConnectionDeclaration[] = withDoor.map(({ id, settings }) => ({
  id: `any-${id}`,
  tenant: 'main',
  connector: id,
  settings: exampleSettings(settings),
}))

/**
 * The golden documents of every connector that can be translated by themselves and in any order: of two with one identity the first,
 * and none that ties together what the ones before it keep apart. The hub leaves that to a person, and nobody here is one.
 */
export const payloads: readonly Payload[] = withDoor.flatMap((connector) => {
  const identities = new Set<string>()
  const connection = `any-${connector.id}`
  const kept: Told[] = []
  return goldenFiles(connector.id).flatMap((golden) => {
    const { operation, name, text, format } = golden
    if (operation !== 'inbound' || format === 'csv') return []
    const numbers = numbersIn(connection, [text])
    const outcome = playGolden(connector, golden)
    const identity = ('identity' in outcome ? outcome.identity?.identity : undefined) ?? text
    if (numbers === undefined || identities.has(identity) || !isAtPeace(connection, { text, numbers }, kept)) return []
    identities.add(identity)
    kept.push({ text, numbers })
    return { connection, name, text, contentType: 'application/json' }
  })
})

/** A document with the numbers of objects that it names. */
interface Told {
  readonly text: string
  readonly numbers: ReadonlySet<string>
}

/** Whether it is taken first, last, and before the others in their opposite order: those that it has numbers in common with. */
function isAtPeace(connection: string, told: Told, kept: readonly Told[]): boolean {
  const texts = related(told, kept).map(({ text }) => text)
  const orders = [
    [told.text, ...texts],
    [...texts, told.text],
    [told.text, ...texts.toReversed()],
  ]
  return texts.length === 0 || orders.every((order) => numbersIn(connection, order) !== undefined)
}

/** Those that name an object that it names, and those that name one of theirs. */
function related(told: Told, kept: readonly Told[]): readonly Told[] {
  let numbers = told.numbers
  for (;;) {
    const found = kept.filter((one) => !one.numbers.isDisjointFrom(numbers))
    const all = found.reduce((sum, one) => sum.union(one.numbers), numbers)
    if (all.size === numbers.size) return found
    numbers = all
  }
}

/** The numbers that a hub learns of these documents; undefined when one of them is parked. */
function numbersIn(connection: string, texts: readonly string[]): ReadonlySet<string> | undefined {
  const declared = payloadConnections.find(({ id }) => id === connection)
  if (declared === undefined) return undefined
  const hub = new PocketHub({ [connection]: declared }, [])
  for (const text of texts) hub.receiveBytes(connection, new TextEncoder().encode(text))
  if (hub.parked.length > 0) return undefined
  const identified = hub.facts.filter(({ type }) => type.endsWith('.identified'))
  return new Set(
    identified.flatMap(({ type, data }) =>
      (data as Identified).references.map((one) => `${type} ${JSON.stringify(one)}`),
    ),
  )
}

interface Identified {
  readonly references: readonly Reference[]
}
