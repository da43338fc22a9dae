import { Worker } from 'node:worker_threads'
import { InterlineError } from '../../base/errors.ts'
import { readError } from '../../flow/translate/written-error.ts'
import { joined } from '../../gateway/door/blocks.ts'
import type { LargeBody } from '../../gateway/door/large-body.ts'
import type { Examined } from './examination.ts'

interface Asked {
  readonly body: LargeBody
  readonly resolve: (body: Uint8Array) => void
  readonly reject: (error: unknown) => void
}

/**
 * Large bodies are unpacked and proven by a thread of their own: a forged one of twenty megabytes costs the senders of others nothing. It
 * is started for the first and ended when none has come for a while.
 */
export class Examiner {
  readonly #asked = new Map<number, Asked>()
  #thread: Worker | undefined
  #resting: NodeJS.Timeout | undefined
  #last = 0

  readonly examine = (body: LargeBody): Promise<Uint8Array> => {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    clearTimeout(this.#resting)
    const thread = (this.#thread ??= this.#start())
    const id = ++this.#last
    this.#asked.set(id, { body, resolve, reject })
    thread.postMessage({ id, body })
    return promise
  }

  async close(): Promise<void> {
    clearTimeout(this.#resting)
    await this.#thread?.terminate()
  }

  #start(): Worker {
    const thread = new Worker(new URL('./body-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
    })
    // It alone must not keep the process.
    thread.unref()
    thread.on('message', (found: Examined) => this.#settle(found))
    thread.once('error', () => this.#lose(thread))
    thread.once('exit', () => this.#lose(thread))
    return thread
  }

  #settle({ id, unpacked, refused, failed }: Examined): void {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    if (this.#asked.size === 0) this.#resting = setTimeout(() => this.#rest(), restMs).unref()
    if (asked === undefined) return
    if (refused !== undefined) asked.reject(readError(refused))
    else if (failed !== undefined) asked.reject(new Error(failed))
    else asked.resolve(unpacked ?? joined(asked.body))
  }

  #rest(): void {
    const thread = this.#thread
    this.#thread = undefined
    // What becomes of its end is told by `exit`.
    thread?.terminate().catch(() => {})
  }

  /** It ran out of memory, or failed in a way that nobody foresaw: whoever waits may come again, and the next one starts another. */
  #lose(thread: Worker): void {
    if (this.#thread !== thread) return
    this.#thread = undefined
    const lost = [...this.#asked.values()]
    this.#asked.clear()
    for (const { reject } of lost) reject(new InterlineError('HUB_BUSY'))
  }
}

const restMs = 30_000
