import { Worker } from 'node:worker_threads'
import type { StoredDocument } from '../../connectors/kit/large.ts'
import type { Connection } from '../../flow/connection.ts'
import type { FoundFile, LargeReading, ReadPart } from '../../flow/intake/large-reading.ts'
import { readTranslation } from '../../flow/translate/part-translation.ts'
import { readError } from '../../flow/translate/written-error.ts'
import type { Assertion } from '../../model/fact.ts'
import type { Answer, Question, ReadingTask, WrittenPart } from './reading-question.ts'

/** The thread that read a file is gone: it ran out of memory, or failed in a way that nobody foresaw. The file is tried again. */
export class ReaderLost extends Error {
  readonly code = 'READER_LOST'
}

/** What is read: a file on this machine's disk, or bytes that both threads see. */
export interface ThreadReadingOptions {
  readonly connection: Pick<Connection, 'id' | 'connector' | 'settings'>
  readonly name: string
  readonly contentType: string
  readonly source: ReadingTask['source']
  /** Megabytes of objects that reading may hold. */
  readonly memoryMegabytes?: number
}

interface Asked {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Reads a large file in a thread of its own: what it costs to judge, cut and translate it costs nobody else. Parts come when they are
 * asked for, so that no more of them are in memory than are about to be stored.
 */
export class ThreadReading implements LargeReading {
  readonly #options: ThreadReadingOptions
  #thread: Worker | undefined
  /** Answers come in the order of the questions. */
  readonly #asked: Asked[] = []
  #lost: ReaderLost | undefined

  constructor(options: ThreadReadingOptions) {
    this.#options = options
  }

  async judge(): Promise<FoundFile> {
    const answer = await this.#ask({ do: 'judge' })
    if (!('file' in answer)) throw unexpected(answer)
    const { problem, ...found } = answer.file
    return problem === undefined ? found : { ...found, problem: readError(problem) }
  }

  async next(most: number): Promise<readonly ReadPart[]> {
    const answer = await this.#ask({ do: 'next', most })
    if (!('parts' in answer)) throw unexpected(answer)
    return answer.parts.map(readPart)
  }

  async hashes(): Promise<readonly string[]> {
    const answer = await this.#ask({ do: 'hashes' })
    if (!('hashes' in answer)) throw unexpected(answer)
    return answer.hashes
  }

  async receipt(index: number, stored: StoredDocument): Promise<readonly Assertion[]> {
    const answer = await this.#ask({ do: 'receipt', index, stored })
    if (!('assertions' in answer)) throw unexpected(answer)
    return answer.assertions
  }

  async close(): Promise<void> {
    await this.#thread?.terminate()
  }

  async #ask(question: Question): Promise<Answer> {
    this.#thread ??= this.#start()
    if (this.#lost !== undefined) throw this.#lost
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#asked.push({ resolve, reject })
    this.#thread.postMessage(question)
    const answer = await promise
    if ('refused' in answer) throw readError(answer.refused)
    if ('failed' in answer) throw new Error(answer.failed)
    return answer
  }

  #start(): Worker {
    const { connection, memoryMegabytes = memoryMegabytesMost, ...about } = this.#options
    const { id, connector, settings } = connection
    const task: ReadingTask = {
      connector: connector.id,
      connection: id,
      settings,
      name: about.name,
      contentType: about.contentType,
      source: about.source,
    }
    const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 8 },
    })
    thread.on('message', (answer: Answer) => this.#asked.shift()?.resolve(answer))
    thread.once('error', (error) => this.#lose(error instanceof Error ? error.message : String(error)))
    thread.once('exit', () => this.#lose('the thread ended'))
    return thread
  }

  #lose(why: string): void {
    this.#lost ??= new ReaderLost(why)
    for (const { reject } of this.#asked.splice(0)) reject(this.#lost)
  }
}

const memoryMegabytesMost = 192

function readPart({ translation, ...part }: WrittenPart): ReadPart {
  return translation === undefined ? part : { ...part, translation: readTranslation(translation) }
}

function unexpected(answer: Answer): Error {
  return new Error(`the reader answered ${Object.keys(answer).join(', ')}`)
}
