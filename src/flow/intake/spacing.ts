/**
 * Keeps batches apart while messages come thick. A transaction costs both cores most of a millisecond however little it carries: at 1,000
 * messages a second, batches 5 ms apart leave a fifth more of the machine to whoever reads, and their readers wait half as long. Below
 * that it is never noticed: one sender who awaits each answer cannot send so fast.
 */
export class Spacing {
  #windowFrom = Number.NEGATIVE_INFINITY
  #inWindow = 0
  #isThick = false
  #lastBatch = Number.NEGATIVE_INFINITY

  /** One more message, at this monotonic time in ms. */
  message(now: number): void {
    if (now - this.#windowFrom >= windowMs) {
      // A window that nothing came after is no measure of what comes now.
      this.#isThick = now - this.#windowFrom < 2 * windowMs && this.#inWindow >= thickFrom
      this.#windowFrom = now
      this.#inWindow = 0
    }
    this.#inWindow++
  }

  /** A batch begins. */
  batch(now: number): void {
    this.#lastBatch = now
  }

  /** Milliseconds that the next batch should still wait, 0 for none. */
  wait(now: number): number {
    return this.#isThick ? Math.max(0, this.#lastBatch + apartMs - now) : 0
  }
}

const windowMs = 100
/** Messages in a window: 600 a second. */
const thickFrom = 60
const apartMs = 5
