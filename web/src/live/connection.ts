import { type StreamEvent, StreamText } from './stream-text.ts'

interface ConnectionOptions {
  /** Where to go on; empty to begin now. */
  readonly lastId: () => string
  /** Something came; without events it was a heartbeat. */
  readonly heard: (events: readonly StreamEvent[], id: string) => void
  readonly signal: AbortSignal
}

/** Holds the one stream to the hub, and comes back whenever it ends. Ends itself when nobody is signed in any more, or by the signal. */
export async function listen({ lastId, heard, signal }: ConnectionOptions): Promise<void> {
  while (!signal.aborted) {
    let pause = comeBackMs
    try {
      pause = await follow({ lastId, heard, signal })
    } catch {
      // The hub or the line is away: silence is shown, and it is tried again.
    }
    if (pause === Number.POSITIVE_INFINITY) return
    // Not all browsers at once, when a hub comes back.
    await rest(pause * (0.5 + Math.random()), signal)
  }
}

/** Until it ends; how long to wait then. */
async function follow({ lastId, heard, signal }: ConnectionOptions): Promise<number> {
  const id = lastId()
  // A line that is dead without saying so would be listened to for ever.
  const line = new AbortController()
  const giveUp = (): void => line.abort()
  signal.addEventListener('abort', giveUp, { once: true })
  let patience = setTimeout(giveUp, silenceMs)
  try {
    const response = await fetch('/v1/stream?detail=changes', {
      headers: { accept: 'text/event-stream', ...(id === '' ? {} : { 'last-event-id': id }) },
      signal: line.signal,
      cache: 'no-store',
    })
    if (response.status === 401) return Number.POSITIVE_INFINITY
    if (!response.ok || response.body === null) return pauseOf(response.headers.get('retry-after'))
    const text = new StreamText(id)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return comeBackMs
      clearTimeout(patience)
      patience = setTimeout(giveUp, silenceMs)
      heard(text.take(value), text.lastId)
    }
  } finally {
    clearTimeout(patience)
    signal.removeEventListener('abort', giveUp)
  }
}

/** What stands between may name a moment, or no time at all: then it is a while. */
function pauseOf(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? Number.NaN)
  return Number.isNaN(seconds) ? awayMs : Math.min(awayMs, Math.max(comeBackMs, 1000 * seconds))
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

const comeBackMs = 3000
const awayMs = 30_000
/** The hub says something every 15 seconds. */
export const silenceMs = 30_000
