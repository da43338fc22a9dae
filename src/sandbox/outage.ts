import type { Faults } from './faults.ts'

/** An outage lasts at least so long; a share of less than all of the time comes and goes. */
const spellMs = 5000

/** Decides spell by spell whether a system is away. */
export class Outage {
  readonly #fault: string
  readonly #faults: Faults
  readonly #random: () => number
  #spell = -1
  #isAway = false

  constructor(fault: string, faults: Faults, random: () => number) {
    this.#fault = fault
    this.#faults = faults
    this.#random = random
  }

  isAway(nowMs: number): boolean {
    const share = this.#faults.share(this.#fault)
    if (share === 0 || share === 1) return share === 1
    const spell = Math.floor(nowMs / spellMs)
    if (spell !== this.#spell) {
      this.#spell = spell
      this.#isAway = this.#random() < share
    }
    return this.#isAway
  }
}
