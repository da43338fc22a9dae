import { hash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { InterlineError } from '../../base/errors.ts'
import { connectors } from '../../connectors/all.ts'
import { OwnThreadReader, type ReadBy, type ReceivedBytes } from '../../flow/intake/document-reader.ts'
import { meaningOf } from '../../flow/translate/translated.ts'
import { writeError } from '../../flow/translate/written-error.ts'
import { stepBack } from '../start/step-back.ts'
import type { Answer, Asked, ToldConnection } from './document-question.ts'
import { writeMeaning } from './written-meaning.ts'

/** The thread that reads large documents, one after the other. It knows nothing of the rest of the hub. */
const reader = new OwnThreadReader({ bytesMost: 0, hash: (body) => hash('sha256', body, 'hex') })

/** As the connection of its settings: what is known of settings is known by them, and they are the same from document to document. */
const opened = new Map<string, { readonly told: string; readonly connection: ReadBy }>()

function open({ id, connector: name, settings }: ToldConnection): ReadBy {
  const told = JSON.stringify([name, settings])
  const known = opened.get(id)
  if (known?.told === told) return known.connection
  const connector = connectors.find((one) => one.id === name)
  if (connector === undefined) throw new Error(`there is no connector ${name}`)
  if (opened.size >= openedMost) opened.clear()
  const connection = { id, connector, settings }
  opened.set(id, { told, connection })
  return connection
}

const openedMost = 100

/** Bytes of its own: not everything that reads bytes takes those of several threads. */
function own<T extends ReceivedBytes>(received: T): T {
  return { ...received, body: new Uint8Array(received.body) }
}

async function answer(asked: Asked): Promise<Answer> {
  try {
    const connection = open(asked.connection)
    if (asked.do === 'identify') return await reader.identify(connection, own(asked.received))
    if (asked.do === 'translate')
      return { meaning: writeMeaning(meaningOf(own(asked.message), connection, asked.wishes)) }
    // Only partners try documents: who never does need not load what it takes.
    const { examplesOf } = await import('../partner/examples.ts')
    const { shownBy, tryDocument } = await import('../partner/trial.ts')
    const { body: bytes, contentType } = own(asked.received)
    const { bodyBytesMax, now } = asked
    const by = { ...connection, bodyBytesMax }
    const shown = shownBy(() => examplesOf(by, now).offered, bytes)
    return { rules: tryDocument(by, { bytes, contentType }, { now, shown }) }
  } catch (error) {
    if (error instanceof InterlineError) return { refused: writeError(error) }
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

const port = parentPort
if (port !== null) {
  stepBack()
  port.on('message', (asked: Asked) => {
    answer(asked)
      .then((found) => port.postMessage(found))
      // What cannot be copied to the other side.
      .catch((error: unknown) => port.postMessage({ failed: String(error) } satisfies Answer))
  })
}
