import { Worker } from 'node:worker_threads'
import { InterlineError } from '../../base/errors.ts'
import type { Answer, Asked } from './document-question.ts'

/** A document took the thread its memory or its time. */
export class TooCostly extends Error {
  readonly why: string

  constructor(why: string) {
    super(why)
    this.why = why
  }
}

/** What one document may take. */
export interface ThreadLimits {
  /** Of objects that reading it makes. */
  readonly memoryMegabytes: number
  /** Of processor time. */
  readonly secondsMost: number
}

interface Waiting {
  readonly asked: Asked
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * A thread that is asked one question at a time: whose question it dies of is known, and nobody else loses anything. It is started for the
 * first and ended when none has come for a while.
 */
export class DocumentThread {
  readonly #limits: ThreadLimits
  #thread: Worker | undefined
  readonly #queue: Waiting[] = []
  #current: Waiting | undefined
  #overdue: NodeJS.Timeout | undefined
  #resting: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(limits: ThreadLimits) {
    this.#limits = limits
  }

  /** Questions that are not answered yet. */
  get waiting(): number {
    return this.#queue.length + (this.#current === undefined ? 0 : 1)
  }

  /** Rejects with TooCostly and HUB_STOPPING. */
  ask(asked: Asked): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(new InterlineError('HUB_STOPPING'))
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#queue.push({ asked, resolve, reject })
    this.#next()
    return promise
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const left = [...(this.#current === undefined ? [] : [this.#current]), ...this.#queue.splice(0)]
    this.#current = undefined
    for (const { reject } of left) reject(new InterlineError('HUB_STOPPING'))
    clearTimeout(this.#resting)
    clearTimeout(this.#overdue)
    await this.#thread?.terminate()
  }

  #next(): void {
    if (this.#current !== undefined) return
    const next = this.#queue.shift()
    if (next === undefined) {
      if (this.#thread !== undefined) this.#resting = setTimeout(() => this.#end(), restMs).unref()
      return
    }
    clearTimeout(this.#resting)
    this.#current = next
    const thread = (this.#thread ??= this.#start())
    this.#watch(thread, next, secondsOf(thread))
    try {
      thread.postMessage(next.asked)
    } catch (error) {
      // What cannot be told to another thread: nobody else waits for it.
      this.#settle(({ reject }) => reject(error))
    }
  }

  /** By the processor time that it took: on a busy machine a thread that steps back gets little of it. */
  #watch(thread: Worker, one: Waiting, began: Promise<number>, after = this.#limits.secondsMost): void {
    const { secondsMost } = this.#limits
    const judge = async (): Promise<void> => {
      const used = (await secondsOf(thread)) - (await began)
      if (this.#current !== one) return
      if (used >= secondsMost) this.#lose(`more than ${secondsMost} seconds of processor time`)
      else this.#watch(thread, one, began, Math.max(1, secondsMost - used))
    }
    this.#overdue = setTimeout(() => void judge(), after * 1000)
  }

  #start(): Worker {
    const { memoryMegabytes } = this.#limits
    const thread = new Worker(new URL('./document-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 16 },
    })
    // It alone must not keep the process.
    thread.unref()
    thread.on('message', (answer: Answer) => {
      if (this.#thread === thread) this.#settle(({ resolve }) => resolve(answer))
    })
    const lost = (why: string) => (): void => {
      if (this.#thread === thread) this.#lose(why)
    }
    thread.once('error', (error) => {
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
      lost(isMemory ? `more than ${memoryMegabytes} megabytes of memory` : String(error))()
    })
    thread.once('exit', lost('the thread that read it ended'))
    return thread
  }

  #lose(why: string): void {
    this.#end()
    this.#settle(({ reject }) => reject(new TooCostly(why)))
  }

  #settle(settle: (one: Waiting) => void): void {
    const one = this.#current
    this.#current = undefined
    clearTimeout(this.#overdue)
    if (one !== undefined) settle(one)
    this.#next()
  }

  #end(): void {
    const thread = this.#thread
    this.#thread = undefined
    // What becomes of its end is told by `exit`, to nobody.
    thread?.terminate().catch(() => {})
  }
}

const restMs = 30_000

/** Processor time that a thread has used; none while it is only starting. */
async function secondsOf(thread: Worker): Promise<number> {
  try {
    const { user, system } = await thread.cpuUsage()
    return (user + system) / 1_000_000
  } catch {
    return 0
  }
}
