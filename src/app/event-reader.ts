/** One event of a stream of server-sent events. */
export interface StreamEvent {
  readonly name: string
  readonly data: string
}

/** Reads server-sent events out of text that comes in pieces, cut anywhere. */
export class EventReader {
  /** Where to go on after an interruption. */
  lastId = ''
  /** What to wait before coming back. */
  retryMs = 3000
  #rest = ''

  /** What is whole by now. Throws RangeError for an event that does not end. */
  take(text: string): readonly StreamEvent[] {
    const blocks = (this.#rest + text).replaceAll('\r\n', '\n').split('\n\n')
    this.#rest = blocks.pop() ?? ''
    if (this.#rest.length > charactersMost) throw new RangeError(`an event of more than ${charactersMost} characters`)
    return blocks.flatMap((block) => this.#block(block))
  }

  /** A new connection begins with a new event. */
  restart(): void {
    this.#rest = ''
  }

  #block(block: string): readonly StreamEvent[] {
    let name = 'message'
    const data: string[] = []
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([a-z]*):? ?(.*)$/.exec(line) ?? []
      if (field === 'event') name = value
      else if (field === 'data') data.push(value)
      else if (field === 'id') this.lastId = value
      else if (field === 'retry' && /^\d{1,6}$/.test(value)) this.retryMs = Number(value)
    }
    return data.length === 0 ? [] : [{ name, data: data.join('\n') }]
  }
}

const charactersMost = 1024 * 1024
