import { randomBytes, randomUUID } from 'node:crypto'
import type { Registry } from 'prom-client'
import { InterlineError } from '../../base/errors.ts'
import { inMaintenance } from '../../flow/connection.ts'
import { isAnswerToUs } from '../../flow/intake/document.ts'
import type { Intake } from '../../flow/intake/intake.ts'
import type { FlowNode } from '../../flow/node.ts'
import type { PickUpStatus } from '../../gateway/shown/pick-up-status.ts'
import { type DialOptions, systemResolver } from '../../transports/dial.ts'
import type { Folder } from '../../transports/files/folder.ts'
import { isFailure } from '../../transports/files/folder.ts'
import { type PickedFile, PickUp } from '../../transports/files/pick-up.ts'
import { PgpFailure } from '../../transports/pgp/failure.ts'
import { KeyRing } from '../../transports/pgp/key-ring.ts'
import { defineGauge, type Signals } from '../../watch/signals.ts'
import type { LargeFiles } from './large-files.ts'
import { openedName } from './pgp-declaration.ts'
import type { DeclaredPickUp } from './pick-up-declaration.ts'

/** What a pick-up needs of the hub. */
export interface PickUpOptions {
  readonly node: FlowNode
  /** The door that also looks at the disk. */
  readonly intake: Pick<Intake, 'accept'>
  readonly signals: Signals
  readonly isOwn: DialOptions['isOwn']
  readonly abandonedMs: number
  readonly largeFiles: Pick<LargeFiles, 'accept'>
}

/**
 * One declared pick-up at work. Of several instances the one that owns the connection's inbox works; two that both believe so for a
 * moment are harmless, because a file comes out under one identity.
 */
export class RunningPickUp {
  readonly #declared: DeclaredPickUp
  readonly #options: PickUpOptions
  readonly #folder: Folder
  readonly #pickUp: PickUp
  readonly #ring: KeyRing | undefined
  #due = 0
  #failures = 0
  #seen: Seen = { state: 'new', taken: 0, refused: 0, failed: 0, waiting: 0 }

  constructor(declared: DeclaredPickUp, options: PickUpOptions) {
    this.#declared = declared
    this.#options = options
    const { connection, place, pgp } = declared
    this.#ring = pgp === undefined ? undefined : new KeyRing(pgp.keys)
    this.#folder = place.open({
      allowHttp: false,
      allowedCidrs: connection.outbound.allowedCidrs,
      ...(place.port === undefined ? {} : { allowedPorts: [place.port] }),
      resolver: systemResolver,
      connectMs: 10_000,
      isOwn: options.isOwn,
    })
    this.#pickUp = new PickUp(this.#folder, declared.rules, {
      accept: (file) => this.#accept(file),
      // What is sealed is opened as a whole, so it is never larger than a message.
      ...(pgp === undefined
        ? {
            acceptLarge: (file) =>
              options.largeFiles.accept(file, { connection, contentType: this.#contentTypeOf(file.name) }),
          }
        : {}),
      now: () => Date.now(),
      owner: declared.owner ?? randomUUID().slice(0, 8),
      abandonedMs: options.abandonedMs,
    })
  }

  get status(): PickUpStatus {
    const { connection, protocol } = this.#declared
    return { connection: connection.id, tenant: connection.tenant, protocol, ...this.#seen }
  }

  /** Looks when it is time and this instance owns the connection. Answers whether there is more to do at once. */
  async round(): Promise<boolean> {
    const { place } = this.#options.node
    const tenure = place.translate[this.#declared.connection.partition]
    const isOurs = this.#declared.owner !== undefined || tenure?.usable(place.clock.mono()) === true
    if (!isOurs) {
      await this.#folder.close()
      this.#failures = 0
      this.#seen = { ...this.#seen, state: 'elsewhere', failed: 0, waiting: 0 }
      return false
    }
    const { maintenance } = this.#declared.connection.outbound
    if (place.clock.mono() < this.#due || inMaintenance(maintenance, place.clock.wall())) return false
    return this.#look()
  }

  async close(): Promise<void> {
    await this.#folder.close()
    await this.#ring?.close()
  }

  async #look(): Promise<boolean> {
    const { signals, node } = this.#options
    const connection = this.#declared.connection.id
    try {
      // Files of a connection that is being drained stay where they lie, except answers to what it was sent.
      const isDraining = node.place.ports.pauses?.drainSince(connection) !== undefined
      const round = isDraining ? this.#pickUp.round((file) => this.#isAnswer(file)) : this.#pickUp.round()
      const { taken, refused, failed, waiting, more } = await round
      if (taken > 0) signals.filesPickedUp({ connection, count: taken })
      for (const { reason } of refused) signals.fileRefused({ connection, reason })
      for (const { reason } of failed) signals.fileFailed({ connection, reason })
      this.#failures = 0
      this.#seen = {
        state: 'ok',
        lookedAt: node.place.clock.wall(),
        taken: this.#seen.taken + taken,
        refused: this.#seen.refused + refused.length,
        failed: failed.length,
        waiting,
      }
      this.#due = more ? 0 : node.place.clock.mono() + this.#declared.everyMs * jitter()
      return more
    } catch (error) {
      this.#failures++
      const reason = reasonOf(error)
      this.#seen = { ...this.#seen, state: 'failing', reason, lookedAt: node.place.clock.wall() }
      signals.pickUpFailed({ connection, reason })
      this.#due = node.place.clock.mono() + this.#pause(error)
      return false
    }
  }

  /** Longer after each failure. A refused login is not tried often: accounts are locked for that. */
  #pause(error: unknown): number {
    const { everyMs } = this.#declared
    const least = isFailure(error, 'LOGIN_REFUSED', 'HOST_KEY_CHANGED', 'HOST_KEY_UNKNOWN') ? 300_000 : everyMs
    return Math.max(least, Math.min(everyMs * 2 ** Math.min(this.#failures, 8), 900_000)) * jitter()
  }

  #contentTypeOf(name: string): string {
    const { contentType } = this.#declared
    return contentType === '' ? contentTypeOf(name) : contentType
  }

  /** What cannot be opened without more than its bytes is none. */
  async #isAnswer({ name, body: sealed }: Pick<PickedFile, 'name' | 'body'>): Promise<boolean> {
    const { connection, pgp } = this.#declared
    if (pgp?.detached !== undefined) return false
    try {
      const body = await this.#opened(sealed, undefined)
      const opened = this.#ring === undefined ? name : openedName(name)
      return isAnswerToUs({ connection, body, contentType: this.#contentTypeOf(opened), headers: {} })
    } catch (error) {
      if (error instanceof PgpFailure) return false
      throw error
    }
  }

  async #accept({ name: received, body: sealed, identity, signature }: PickedFile): Promise<string | undefined> {
    const { connection } = this.#declared
    try {
      const body = await this.#opened(sealed, signature)
      const name = this.#ring === undefined ? received : openedName(received)
      await this.#options.intake.accept({
        connection,
        body,
        contentType: this.#contentTypeOf(name),
        headers: { 'interline-file': name },
        trace: randomBytes(16).toString('hex'),
        identity,
      })
      return undefined
    } catch (error) {
      if (error instanceof InterlineError && error.flow === 'refuse') return error.code
      // The sender's fault: the file is put away and counted. Ours: it stays claimed, and is tried again.
      if (error instanceof PgpFailure && error.isFinal) return error.code
      throw error
    }
  }

  async #opened(sealed: Uint8Array, signature: Uint8Array | undefined): Promise<Uint8Array> {
    const { pgp, rules } = this.#declared
    if (this.#ring === undefined || pgp === undefined) return sealed
    const { bytesMost } = rules
    if (pgp.detached === undefined) return this.#ring.open(sealed, { ...pgp, bytesMost })
    if (signature === undefined) throw new PgpFailure('PGP_UNSIGNED')
    await this.#ring.verify(sealed, signature)
    return this.#ring.open(sealed, { encryption: pgp.encryption, signature: 'optional', bytesMost })
  }
}

type Seen = Omit<PickUpStatus, 'connection' | 'tenant' | 'protocol'>

/** What stands still, for a dashboard and an alarm. */
export function definePickUpGauges(registry: Registry, pickUps: () => readonly RunningPickUp[]): void {
  const rows = (value: (status: PickUpStatus) => number) => async () =>
    pickUps().map(({ status }) => ({ labels: { connection: status.connection }, value: value(status) }))
  const labels = ['connection']
  defineGauge(registry, {
    name: 'interline_pick_up_failing',
    help: '1 while the last look into the folder failed.',
    labels,
    read: rows(({ state }) => (state === 'failing' ? 1 : 0)),
  })
  defineGauge(registry, {
    name: 'interline_pick_up_waiting_files',
    help: 'Files that the last look left: not complete, or too many for one look.',
    labels,
    read: rows(({ waiting }) => waiting),
  })
}

function reasonOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}

/** Instances and partners should not all look in the same second. */
function jitter(): number {
  return 0.9 + Math.random() * 0.2
}

const contentTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'application/xml',
}

function contentTypeOf(name: string): string {
  return contentTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}
