import type { LoggedFact } from '../../backbone/step.ts'
import { type Notice, noticeOf } from './notice.ts'

/** Facts of a partition after `after`, at most so many. */
export type ReadLog = (partition: number, after: number, limit: number) => Promise<readonly LoggedFact[]>

/**
 * What happened before. It is read in blocks that many share: after a restart hundreds come back at once, and nearly all of them
 * want the same.
 */
export class Backlog {
  readonly #read: ReadLog
  readonly #blocks = new Map<string, Promise<readonly Notice[]>>()

  constructor(read: ReadLog) {
    this.#read = read
  }

  /** The next notices of a partition after `after` up to `upTo`, never none while there are some. */
  async after(partition: number, after: number, upTo: number): Promise<readonly Notice[]> {
    const first = Math.floor((after + 1) / blockRows) * blockRows
    const last = Math.min(first + blockRows - 1, upTo)
    const notices = await this.#block(partition, first, last)
    return notices.filter(({ offset }) => offset > after && offset <= last)
  }

  #block(partition: number, first: number, last: number): Promise<readonly Notice[]> {
    const key = `${partition} ${first} ${last}`
    const known = this.#blocks.get(key)
    if (known !== undefined) return known
    const read = this.#read(partition, first - 1, last - first + 1).then((rows) => rows.map(noticeOf))
    this.#blocks.set(key, read)
    // The next one who asks reads again.
    read.catch(() => this.#blocks.delete(key))
    if (this.#blocks.size > blocksMost) this.#blocks.delete(this.#blocks.keys().next().value ?? '')
    return read
  }
}

const blockRows = 512
const blocksMost = 128
