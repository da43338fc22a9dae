/** What can go wrong with a system that is asked. `late`: 504 now, the work is done a while afterwards. */
const receiving = ['latency', 'lostReply', 'outage', 'throttle', 'unavailable'] as const
/** What can go wrong with a system that tells. `truncated`: the body is cut on the way, and sent again whole. */
const sending = ['duplicates', 'latency', 'outage', 'reorder', 'truncated'] as const

const known = new Set([
  ...named('customer', receiving),
  ...named('dhl', [...sending, 'unknownCodes']),
  ...named('easypost', [...sending, 'unknownCodes']),
  ...named('erp', [...receiving, ...sending, 'late', 'locked', 'periodClosed']),
  ...named('ltl', [...sending, 'unknownCodes']),
  ...named('shop', sending),
  ...named('wms', [...receiving, ...sending]),
])

/** Every fault that the sandbox knows, as `<peer>.<fault>`. */
export const knownFaults: readonly string[] = [...known].sort()

/** Which share of the requests or messages something goes wrong with, by `<peer>.<fault>`. */
export class Faults {
  #shares = new Map<string, number>()

  share(name: string): number {
    return this.#shares.get(name) ?? 0
  }

  /** Changes what is named and leaves the rest; a share of nothing ends a fault. */
  change(shares: ReadonlyMap<string, number>): void {
    for (const [name, share] of shares)
      if (share === 0) this.#shares.delete(name)
      else this.#shares.set(name, share)
  }

  clear(): void {
    this.#shares.clear()
  }

  inForce(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#shares].sort().map(([name, share]) => [name, `${Number((share * 100).toFixed(6))}%`]))
  }
}

/** Reads `{'erp.lostReply': '2%'}`. Shares are percentages, numbers from 0 to 1, `on` or `off`. A text says what is wrong. */
export function readFaults(given: Readonly<Record<string, unknown>>): ReadonlyMap<string, number> | string {
  const shares = new Map<string, number>()
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name)) return `There is no fault ${name.slice(0, 60)}. Known are ${knownFaults.join(', ')}.`
    const share = readShare(String(value))
    if (share === undefined) return `The share of ${name} is not one: expected 2%, 0.02, on or off.`
    shares.set(name, share)
  }
  return shares
}

function readShare(text: string): number | undefined {
  if (text === 'on') return 1
  if (text === 'off') return 0
  const match = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(text.trim())
  if (match === null) return undefined
  const share = Number(match[1]) / (match[2] === '%' ? 100 : 1)
  return share <= 1 ? share : undefined
}

function named(peer: string, faults: readonly string[]): string[] {
  return faults.map((fault) => `${peer}.${fault}`)
}
