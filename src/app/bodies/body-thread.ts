import { parentPort } from 'node:worker_threads'
import { InterlineError } from '../../base/errors.ts'
import { writeError } from '../../flow/translate/written-error.ts'
import type { LargeBody } from '../../gateway/door/large-body.ts'
import { stepBack } from '../start/step-back.ts'
import { type Examined, examined } from './examination.ts'

/** The thread that unpacks and proves large bodies, one after the other. */
function answer(id: number, body: LargeBody): Examined {
  try {
    const unpacked = examined(body)
    // Of its own, so that it can be handed over instead of copied.
    return unpacked === undefined ? { id } : { id, unpacked: new Uint8Array(unpacked) }
  } catch (error) {
    if (error instanceof InterlineError) return { id, refused: writeError(error) }
    return { id, failed: error instanceof Error ? error.message : String(error) }
  }
}

const port = parentPort
if (port !== null) {
  stepBack()
  port.on('message', ({ id, body }: { readonly id: number; readonly body: LargeBody }) => {
    const found = answer(id, body)
    port.postMessage(found, found.unpacked === undefined ? [] : [found.unpacked.buffer])
  })
}
