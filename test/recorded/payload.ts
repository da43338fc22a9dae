import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { connectors } from '../../src/connectors/all.ts'
import type { Connector } from '../../src/connectors/kit/connector.ts'
import { listTree, root } from '../../tools/source-tree.ts'

/** A message of a real system, as it was recorded or invented after its documentation. */
export interface Payload {
  readonly name: string
  /** The connector that it is meant for, where its folder tells. */
  readonly connector: string | undefined
  readonly body: Uint8Array
}

/** Connectors that outside systems talk to. */
export const doors: readonly Connector[] = connectors.filter(({ inbound }) => inbound !== undefined)

/** Our own: whatever the golden files of the connectors take in. */
export function ownPayloads(): Payload[] {
  return doors.flatMap(({ id }) =>
    listTree([`src/connectors/${id}/golden/inbound`])
      .filter((path) => path.includes('.in.'))
      .map((path) => ({ name: path, connector: id, body: readFileSync(join(root, path)) })),
  )
}

/** All files below a folder. A file in `…/easypost/…` or `…/karrio-dhl_universal/…` is meant for that connector. */
export function payloadsIn(folder: string): Payload[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .toSorted()
    .map((path) => {
      const name = relative(folder, path)
      const words = name.toLowerCase().split(/[/_-]/)
      return { name, connector: doors.find(({ id }) => words.includes(id))?.id, body: asLive(readFileSync(path)) }
    })
}

/** Vendors record in test mode, which a live connection leaves alone; for trying it is as good as any. */
function asLive(body: Buffer): Uint8Array {
  const text = body.toString('latin1')
  const live = text
    .replaceAll(/"mode":\s*"test"/g, '"mode": "production"')
    .replaceAll(/"test":\s*true/g, '"test": false')
  return live === text ? body : Buffer.from(live, 'latin1')
}
