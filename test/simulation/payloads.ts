import { connectors } from '../../src/connectors/all.ts'
import { exampleSettings, playGolden } from '../../src/connectors/kit/golden.ts'
import type { ConnectionDeclaration } from '../../src/flow/connection.ts'
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

/** The golden documents of every connector that can be translated by themselves; of two with one identity the first. */
export const payloads: readonly Payload[] = withDoor.flatMap((connector) => {
  const identities = new Set<string>()
  const connection = `any-${connector.id}`
  return goldenFiles(connector.id).flatMap((golden) => {
    const { operation, name, text, format } = golden
    if (operation !== 'inbound' || !isTranslated(connection, golden)) return []
    const outcome = playGolden(connector, golden)
    const identity = ('identity' in outcome ? outcome.identity?.identity : undefined) ?? text
    if (identities.has(identity)) return []
    identities.add(identity)
    return { connection, name, text, contentType: format === 'csv' ? 'text/csv' : 'application/json' }
  })
})

function isTranslated(
  connection: string,
  { text, format }: { readonly text: string; readonly format: string },
): boolean {
  const declared = payloadConnections.find(({ id }) => id === connection)
  if (declared === undefined || format === 'csv') return false
  const hub = new PocketHub({ [connection]: declared }, [])
  hub.receiveBytes(connection, new TextEncoder().encode(text))
  return hub.parked.length === 0
}
