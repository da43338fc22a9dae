/** What can be made to go wrong, per peer: `erp.lostReply=2%`. */
export const faultNames = {
  carriers: ['duplicates', 'reorder', 'silent', 'truncated', 'unknownCodes'],
  customer: ['latency', 'lostReply', 'outage', 'throttle', 'unavailable'],
  easypost: ['lostReply', 'unavailable'],
  edi: ['damagedSegment', 'duplicates', 'lateMdn', 'no997', 'rejecting997', 'reusedNumber', 'wrongMic'],
  erp: ['late', 'latency', 'locked', 'lostReply', 'outage', 'periodClosed', 'throttle', 'truncated', 'unavailable'],
  harbor: ['duplicates', 'halfFile', 'late997', 'wrongNumber'],
  shop: ['duplicates', 'reorder', 'truncated'],
  warehouse: ['duplicates', 'reorder', 'truncated'],
} as const

/** Shares from 0 to 1 by `<peer>.<fault>`. */
export class Faults {
  #shares = new Map<string, number>()

  /** Reads `2%`, `0.02` or `on`. Throws a sentence that lists what is known. */
  set(faults: Readonly<Record<string, string>>): void {
    const read = Object.entries(faults).map(([name, value]) => [this.#known(name), shareOf(name, value)] as const)
    for (const [name, share] of read) this.#shares.set(name, share)
  }

  clear(): void {
    this.#shares = new Map()
  }

  share(name: string): number {
    return this.#shares.get(name) ?? 0
  }

  strikes(name: string, random: () => number): boolean {
    const share = this.share(name)
    return share > 0 && random() < share
  }

  get inForce(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#shares].filter(([, share]) => share > 0))
  }

  #known(name: string): string {
    const all = Object.entries(faultNames).flatMap(([peer, names]) => names.map((one) => `${peer}.${one}`))
    if (!all.includes(name)) throw new Error(`There is no fault ${name}; known are ${all.join(', ')}.`)
    return name
  }
}

function shareOf(name: string, value: string): number {
  if (value === 'on') return 1
  if (value === 'off') return 0
  const share = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value)
  if (!(share >= 0 && share <= 1)) throw new Error(`${name} takes a share such as 2%, 0.02, on or off; found ${value}.`)
  return share
}
