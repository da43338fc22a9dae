import { listen, silenceMs } from './connection.ts'
import type { StreamEvent } from './stream-text.ts'

/** What changed in a list since the last time that somebody was told. */
export interface Change {
  /** Name of the topic; `*` for everything, after more was missed than the hub tells one by one. */
  readonly topic: string
  /** How many objects. */
  readonly changed: number
  /** Hub ids, of the first ones where there are many. */
  readonly subjects: readonly string[]
}

/** What tabs of one browser tell each other. */
interface Heard {
  readonly id: string
  readonly changes: readonly Change[]
}

type Listener = (changes: readonly Change[]) => void

/**
 * What happens at the hub, once for all tabs of a browser: one of them listens and tells the others. Listeners hear at most twice a
 * second, all that came meanwhile at once.
 */
export class Live {
  /** When the hub was heard last, ms since 1970; when it began, until then. */
  heardAt = Date.now()
  #isSilent = false
  #lastId = ''
  readonly #listeners = new Set<Listener>()
  readonly #healthListeners = new Set<() => void>()
  readonly #waiting = new Map<string, { changed: number; subjects: Set<string> }>()
  #flushing: ReturnType<typeof setTimeout> | undefined
  #flushedAt = 0

  /** Nothing was heard for so long that what is shown may be old: whoever shows something looks by itself. */
  get isSilent(): boolean {
    return this.#isSilent
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly subscribeHealth = (listener: () => void): (() => void) => {
    this.#healthListeners.add(listener)
    return () => this.#healthListeners.delete(listener)
  }

  /** Begins to listen; returns how to end it. */
  start(): () => void {
    const end = new AbortController()
    const channel = new BroadcastChannel('interline.live')
    channel.onmessage = ({ data }: MessageEvent<Heard>) => this.#take(data)
    const begun = Date.now()
    const lead = (): Promise<void> =>
      listen({
        lastId: () => this.#lastId,
        heard: (events, id) => {
          // Whoever comes late does not know what happened between the reading of the page and now.
          const isLate = this.#lastId === '' && Date.now() - begun > lateMs
          const heard = { id, changes: [...(isLate ? [anything] : []), ...events.map(changeOf)] }
          channel.postMessage(heard)
          this.#take(heard)
        },
        signal: end.signal,
      })
    // Locks are there on TLS and on the own machine; elsewhere each tab listens for itself.
    const { locks } = navigator as { readonly locks?: LockManager }
    const led = locks === undefined ? lead() : locks.request('interline.live', { signal: end.signal }, lead)
    led.catch(() => undefined)
    const watch = setInterval(() => this.#watch(), 1000)
    return () => {
      end.abort()
      clearInterval(watch)
      clearTimeout(this.#flushing)
      channel.close()
    }
  }

  #take({ id, changes }: Heard): void {
    this.#lastId = id
    this.heardAt = Date.now()
    this.#watch()
    for (const { topic, changed, subjects } of changes) {
      const known = this.#waiting.get(topic) ?? { changed: 0, subjects: new Set<string>() }
      const before = known.subjects.size
      for (const subject of subjects) known.subjects.add(subject)
      // Those that are named are counted once, however often they change.
      known.changed += known.subjects.size - before + (changed - subjects.length)
      this.#waiting.set(topic, known)
    }
    if (this.#waiting.size === 0) return
    const wait = Math.max(0, this.#flushedAt + renderMs - Date.now())
    this.#flushing ??= setTimeout(() => this.#flush(), wait)
  }

  #flush(): void {
    this.#flushing = undefined
    this.#flushedAt = Date.now()
    const changes = [...this.#waiting].map(([topic, { changed, subjects }]) => ({
      topic,
      changed,
      subjects: [...subjects],
    }))
    this.#waiting.clear()
    for (const listener of this.#listeners) listener(changes)
  }

  #watch(): void {
    const isSilent = Date.now() - this.heardAt > silenceMs
    if (isSilent === this.#isSilent) return
    this.#isSilent = isSilent
    for (const listener of this.#healthListeners) listener()
  }
}

function changeOf({ name, data }: StreamEvent): Change {
  const { changed = 0, subjects = [] } = data as { changed?: number; subjects?: readonly string[] }
  return { topic: name === 'reset' ? '*' : name, changed, subjects }
}

/** More was missed than anybody can name. */
const anything: Change = { topic: '*', changed: 0, subjects: [] }
/** Pages ask for nothing before the listening has begun; it is through long before this. */
const lateMs = 1000
/** At most two pictures a second. */
const renderMs = 500
