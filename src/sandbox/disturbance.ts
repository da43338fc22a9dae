import type { Happening } from './day.ts'
import type { Faults } from './faults.ts'

/** One time that a message is sent: later by so much, and perhaps not as it was meant. */
export interface Sending {
  readonly text: string
  readonly afterMs: number
}

const peers: Readonly<Record<Happening['connection'], 'carriers' | 'shop' | 'warehouse'>> = {
  dhl: 'carriers',
  easypost: 'carriers',
  erp: 'shop',
  fleet: 'carriers',
  ltl: 'carriers',
  shop: 'shop',
  wms: 'warehouse',
}

/** Where a carrier's message names what happened on the road; the end is never disguised, or no day would end. */
const codes: Readonly<Record<string, RegExp>> = {
  dhl: /(?<="statusCode":")transit(?=")/g,
  easypost: /(?<="status_detail":")(arrived_at|departed)_facility(?=")/g,
  ltl: /(?<="code":")(arrived_at|departed)_facility(?=")/g,
}

const reorderMs = 3000
const repeatMs = 500

/** What becomes of a message under the faults in force: sent late, twice, cut off, with a code that nobody knows. */
export function disturbed(
  { connection, body }: Pick<Happening, 'connection' | 'body'>,
  faults: Faults,
  random: () => number,
): readonly Sending[] {
  const peer = peers[connection]
  const strikes = (fault: string): boolean => faults.strikes(`${peer}.${fault}`, random)
  if (strikes('silent')) return []
  const strange = codes[connection]
  let text = JSON.stringify(body)
  if (strange !== undefined && strikes('unknownCodes')) text = text.replaceAll(strange, 'quantum_leap')
  if (strikes('truncated')) text = text.slice(0, Math.floor(text.length * 0.7))
  const afterMs = strikes('reorder') ? random() * reorderMs : 0
  return strikes('duplicates')
    ? [
        { text, afterMs },
        { text, afterMs: afterMs + repeatMs },
      ]
    : [{ text, afterMs }]
}
