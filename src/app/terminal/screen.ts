import type { Terminal } from './output.ts'

const escape = '\u001b'

/**
 * The upper part of a terminal, redrawn in place. What else is written, log lines for example, goes on below it: nothing is
 * overwritten and nothing is lost.
 */
export class Screen {
  readonly #terminal: Terminal
  readonly #height: number

  constructor(terminal: Terminal, height: number) {
    this.#terminal = terminal
    this.#height = height
  }

  /** Scrolls what was there up, and keeps everything that follows below the upper part. */
  open(): void {
    const rows = this.#terminal.rows ?? this.#height
    this.#terminal.error(`${'\n'.repeat(rows)}${escape}[${this.#height + 1};${rows}r${escape}[${this.#height + 1};1H`)
  }

  draw(text: string): void {
    const lines = text.split('\n').slice(0, this.#height)
    const drawn = Array.from(
      { length: this.#height },
      (_, at) => `${escape}[${at + 1};1H${escape}[2K${lines[at] ?? ''}`,
    )
    this.#terminal.error(`${escape}7${drawn.join('')}${escape}8`)
  }

  /** Gives the whole terminal back; the cursor is at its end. */
  close(): void {
    this.#terminal.error(`${escape}[r${escape}[${this.#terminal.rows ?? this.#height};1H\n`)
  }
}
