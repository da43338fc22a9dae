/** One event of the live stream. */
export interface StreamEvent {
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Reads server-sent events out of text that comes in pieces. The browser's own reader keeps heartbeats to itself, and they matter here. */
export class StreamText {
  lastId: string
  #rest = ''

  constructor(lastId: string) {
    this.lastId = lastId
  }

  /** What is whole by now; heartbeats are blocks without an event. */
  take(text: string): readonly StreamEvent[] {
    const blocks = (this.#rest + text).split('\n\n')
    this.#rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => {
          const end = line.indexOf(': ')
          return [line.slice(0, end), line.slice(end + 2)] as const
        }),
      )
      this.lastId = fields['id'] ?? this.lastId
      const { event: name = 'message', data } = fields
      return data === undefined ? [] : [{ name, data: JSON.parse(data) as StreamEvent['data'] }]
    })
  }
}
