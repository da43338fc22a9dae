import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** An event as a listener gets it. */
export interface Heard {
  readonly event: string
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Somebody who listens to a live stream, as the standard of server-sent events says that one has to. */
export class Listening {
  readonly heard: Heard[] = []
  readonly comments: string[] = []
  lastId: string
  retry = 0
  isOver = false
  readonly response: IncomingMessage
  readonly #request: ClientRequest
  #rest = ''

  static async to(
    url: string,
    options: { readonly headers?: Record<string, string>; readonly lastId?: string; readonly isDeaf?: boolean } = {},
  ): Promise<Listening> {
    const { lastId } = options
    const headers = { ...options.headers, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) }
    const request = get(url, { headers, agent: false })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return new Listening(request, response, options)
  }

  private constructor(
    request: ClientRequest,
    response: IncomingMessage,
    { lastId = '', isDeaf = false }: { readonly lastId?: string; readonly isDeaf?: boolean },
  ) {
    this.#request = request
    this.response = response
    this.lastId = lastId
    const over = (): void => {
      this.isOver = true
    }
    request.on('error', over)
    response.on('end', over).on('error', over).on('close', over)
    if (!isDeaf) this.listen()
  }

  /** Begins to read, if it was deaf until now. */
  listen(): void {
    this.response.setEncoding('utf8').on('data', (text: string) => this.#take(text))
  }

  /** Waits until something has been heard; says what was, when it does not come. */
  async until(holds: (heard: readonly Heard[]) => boolean, patienceMs = 20_000): Promise<void> {
    for (let waited = 0; !holds(this.heard); waited += 20) {
      if (waited > patienceMs) throw new Error(`heard only ${JSON.stringify(this.heard.slice(-5))}`)
      await sleep(20)
    }
  }

  /** Resolves when the other side has ended it. */
  async over(): Promise<void> {
    while (!this.isOver) await sleep(10)
  }

  leave(): void {
    this.#request.destroy()
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n')
    this.#rest = blocks.pop() ?? ''
    for (const block of blocks) this.#block(block.split('\n'))
  }

  #block(lines: readonly string[]): void {
    const value = (field: string): string | undefined =>
      lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2)
    this.lastId = value('id') ?? this.lastId
    this.retry = Number(value('retry') ?? this.retry)
    const comment = value('')
    if (comment !== undefined) this.comments.push(comment)
    const data = value('data')
    if (data !== undefined)
      this.heard.push({
        event: value('event') ?? 'message',
        id: this.lastId,
        data: JSON.parse(data) as Heard['data'],
      })
  }
}
