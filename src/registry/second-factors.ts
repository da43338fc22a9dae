import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'
import type { SealedPlace, Sealing } from './sealing.ts'

const kind = 'second-factor'

/** What makes the codes of people. The secrets are sealed. */
export class SecondFactors {
  readonly #database: Queryable
  readonly #sealing: Sealing

  constructor(database: Queryable, sealing: Sealing) {
    this.#database = database
    this.#sealing = sealing
  }

  /** Keeps a secret that is to be confirmed. False when the person has one that is. */
  async begin(person: string, secret: string): Promise<boolean> {
    const { rows: known } = await this.#database.query('SELECT tenant FROM person WHERE id = $1', [person])
    if (known[0] === undefined) return false
    const sealed = await this.#sealing.seal(secret, placeOf(String(known[0]['tenant']), person))
    const { rows } = await this.#database.query(
      `INSERT INTO second_factor (person, sealed_secret) SELECT id, $2 FROM person WHERE id = $1 AND second_factor_at IS NULL
       ON CONFLICT (person) DO UPDATE SET sealed_secret = excluded.sealed_secret, last_step = 0, recovery = '{}' RETURNING person`,
      [person, sealed],
    )
    return rows.length === 1
  }

  /** The secret, confirmed or not; undefined without one, or when the key that sealed it is gone. */
  async secret(person: string): Promise<string | undefined> {
    const { rows } = await this.#database.query(
      'SELECT p.tenant, f.sealed_secret FROM second_factor f JOIN person p ON p.id = f.person WHERE f.person = $1',
      [person],
    )
    const [found] = rows
    if (found === undefined) return undefined
    return this.#sealing.open(String(found['sealed_secret']), placeOf(String(found['tenant']), person))
  }

  /** From now on codes are asked for. `recovery` are the SHA-256 of codes for whoever has lost the device. */
  async confirm(person: string, recovery: readonly string[], note: AuditNote): Promise<void> {
    await this.#database.query('UPDATE second_factor SET recovery = $2::text[] WHERE person = $1', [person, recovery])
    await this.#database.query(
      audited(
        'UPDATE person SET second_factor_at = now_ms() WHERE id = $1 RETURNING id, tenant',
        { change: 'create', kind },
        2,
      ),
      [person, ...auditValues(note)],
    )
  }

  /** Whether a code of these 30 seconds may count: the first time, and not after a later one. */
  async useStep(person: string, step: number): Promise<boolean> {
    const { rows } = await this.#database.query(
      'UPDATE second_factor SET last_step = $2 WHERE person = $1 AND last_step < $2 RETURNING person',
      [person, step],
    )
    return rows.length === 1
  }

  /** Whether this is a recovery code that is left; it is none any more. */
  async useRecovery(person: string, hash: string): Promise<boolean> {
    const { rows } = await this.#database.query(
      'UPDATE second_factor SET recovery = array_remove(recovery, $2) WHERE person = $1 AND $2 = ANY (recovery) RETURNING person',
      [person, hash],
    )
    return rows.length === 1
  }

  /** No code is asked for any more. */
  async remove(person: string, note: AuditNote): Promise<void> {
    await this.#database.query(
      audited(
        'UPDATE person SET second_factor_at = NULL WHERE id = $1 RETURNING id, tenant',
        { change: 'remove', kind },
        2,
      ),
      [person, ...auditValues(note)],
    )
    await this.#database.query('DELETE FROM second_factor WHERE person = $1', [person])
  }
}

function placeOf(tenant: string, person: string): SealedPlace {
  return { tenant, table: 'second_factor', column: 'sealed_secret', ids: [person] }
}
