import type { Certificate } from '../../transports/as2/certificate.ts'
import type { Signals } from '../../watch/signals.ts'
import type { As2Partner } from './as2-partner.ts'

/** How long a use of certificates lasts: until the last one of them expires. */
export interface DaysLeft {
  readonly connection: string
  readonly use: 'own' | 'signing' | 'encryption'
  readonly days: number
}

/** Days until nobody has a valid certificate for a use; during a roll-over the newer one counts. */
export function daysLeft(partners: readonly As2Partner[], now: number): readonly DaysLeft[] {
  return partners.flatMap(({ connection, identities, certificates, encryptionCertificates }) => {
    const row = (use: DaysLeft['use'], all: readonly Certificate[]): DaysLeft => {
      const last = Math.max(...all.map(({ validTo }) => validTo))
      return { connection: connection.id, use, days: daysUntil(last, now) }
    }
    return [
      row(
        'own',
        identities.map(({ certificate }) => certificate),
      ),
      row('signing', certificates),
      row('encryption', encryptionCertificates),
    ]
  })
}

/** Warns when a use comes near its end: once per threshold. */
export class CertificateWatch {
  readonly #partners: () => readonly As2Partner[]
  readonly #signals: Pick<Signals, 'as2CertificateExpires'>
  readonly #now: () => number
  readonly #warned = new Map<string, number>()

  constructor(
    partners: () => readonly As2Partner[],
    signals: Pick<Signals, 'as2CertificateExpires'>,
    now: () => number,
  ) {
    this.#partners = partners
    this.#signals = signals
    this.#now = now
  }

  round(): void {
    for (const { connection, use, days } of daysLeft(this.#partners(), this.#now())) {
      const key = JSON.stringify([connection, use])
      const threshold = thresholds.find((one) => days < one)
      if (threshold === undefined) this.#warned.delete(key)
      else if (this.#warned.get(key) !== threshold) {
        this.#warned.set(key, threshold)
        this.#signals.as2CertificateExpires({ connection, use, days })
      }
    }
  }
}

/** Whole days from one instant to a later one, both in ms; negative where it is over. */
export function daysUntil(instant: number, now: number): number {
  return Math.floor((instant - now) / dayMs)
}

const dayMs = 86_400_000
/** The least first, so that the nearest one that applies is found. */
const thresholds = [0, 1, 7, 14, 30, 60]
