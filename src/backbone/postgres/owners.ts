import type { Ownership } from '../backbone.ts'
import type { Consumer } from '../step.ts'
import { type Database, integer } from './database.ts'

/** Who works on which partition. Times are those of the database's clock, not of a transaction that may have waited. */
export class Owners {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async take(
    consumer: Consumer,
    partition: number,
    owner: string,
    leaseSeconds: number,
  ): Promise<Ownership | undefined> {
    const rows = await this.#database.write(
      `INSERT INTO owner AS o (consumer, part, owner, epoch, until) VALUES ($1, $2, $3, 1, clock_timestamp() + make_interval(secs => $4))
       ON CONFLICT (consumer, part) DO UPDATE
         SET owner = excluded.owner, epoch = o.epoch + 1, until = clock_timestamp() + make_interval(secs => $4)
         WHERE o.until <= clock_timestamp() OR o.owner = excluded.owner
       RETURNING epoch, off`,
      [consumer, partition, owner, leaseSeconds],
    )
    const [row] = rows
    return row === undefined
      ? undefined
      : { consumer, partition, owner, epoch: integer(row['epoch']), offset: integer(row['off']) }
  }

  async renew({ consumer, partition, owner, epoch }: Ownership, leaseSeconds: number): Promise<boolean> {
    const rows = await this.#database.write(
      `UPDATE owner SET until = clock_timestamp() + make_interval(secs => $5)
        WHERE consumer = $1 AND part = $2 AND owner = $3 AND epoch = $4 AND until > clock_timestamp() RETURNING epoch`,
      [consumer, partition, owner, epoch, leaseSeconds],
    )
    return rows.length === 1
  }

  async release({ consumer, partition, owner, epoch }: Ownership): Promise<void> {
    await this.#database.write(
      `UPDATE owner SET until = '-infinity' WHERE consumer = $1 AND part = $2 AND owner = $3 AND epoch = $4`,
      [consumer, partition, owner, epoch],
    )
  }

  async position(consumer: Consumer, partition: number): Promise<{ readonly epoch: number; readonly offset: number }> {
    const [row] = await this.#database.read('SELECT epoch, off FROM owner WHERE consumer = $1 AND part = $2', [
      consumer,
      partition,
    ])
    return row === undefined ? { epoch: 0, offset: -1 } : { epoch: integer(row['epoch']), offset: integer(row['off']) }
  }
}
