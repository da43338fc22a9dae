import { readInstant } from '../../base/instant.ts'
import { hexHash, shortHash } from '../../base/sha256.ts'
import type { Assertion } from '../../model/fact.ts'
import type { TransmissionReport } from '../../model/transmission/report.ts'
import type { TransmissionState } from '../../model/transmission/state.ts'
import { drafted } from '../advance/owed-transmission.ts'
import type { Intake } from '../intake/intake.ts'
import { deskArrival } from '../stewardship/desk.ts'
import type { Workplace } from '../workplace.ts'
import { inPartnersCodes, NamesAtHand } from './names.ts'

/** Something that waits until a system has a name for codes of ours in it. */
export interface Unnamed {
  readonly codes: readonly string[]
  /** When it was owed, ms: it leaves in that order. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly seq: number
  /** What a person knows it by. */
  readonly name: string
  readonly release: () => Promise<void>
  /** Nobody wants to name a code of it. */
  readonly refuse: (by: string) => Promise<void>
}

/** Documents to partners that are not written yet: hub ids of transmissions, also of some that wait for something else. */
export type UnwrittenDocuments = () => Promise<readonly string[]>

/** Documents that partners are owed, and that wait for names. */
export class UnnamedDocuments {
  readonly #place: Workplace
  readonly #intake: Pick<Intake, 'accept'>
  readonly #unwritten: UnwrittenDocuments

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>, unwritten: UnwrittenDocuments) {
    this.#place = place
    this.#intake = intake
    this.#unwritten = unwritten
  }

  async waiting(): Promise<readonly Unnamed[]> {
    const ids = await this.#unwritten()
    if (ids.length === 0) return []
    const states = await this.#place.backbone.states(ids)
    return [...states].flatMap(([id, { tenant, body }]): Unnamed[] => {
      const document = { id, tenant }
      const { status, report } = JSON.parse(body) as TransmissionState
      const { waitsFor } = report ?? {}
      if (report === undefined || waitsFor === undefined || status !== 'unwritable') return []
      const createdAt = readInstant(waitsFor.since) ?? 0
      return [
        {
          codes: waitsFor.codes,
          createdAt,
          updatedAt: createdAt,
          seq: 0,
          name: nameOf(report),
          release: () => this.#write(document, report),
          refuse: (by) =>
            this.#say(document, report, { ...withoutNames(report), problem: `Nobody names a code of it (${by}).` }),
        },
      ]
    })
  }

  /** Each of its codes has a name by now. */
  async #write(document: Owed, report: Omit<TransmissionReport, 'draft'>): Promise<void> {
    const { connection: target, command, payload: ours, waitsFor, purpose } = report
    const connection = this.#place.ports.connections().get(target)
    if (connection === undefined || waitsFor === undefined) return
    // Somebody has just named it, perhaps on another instance.
    this.#place.codes.clear()
    const names = new NamesAtHand(this.#place)
    const look = () => inPartnersCodes(ours, connection, { tenant: connection.tenant, at: waitsFor.since, names })
    let found = look()
    while (await names.load()) found = look()
    const { payload, ...waiting } = found
    if (waiting.waitsFor !== undefined) {
      const isSame = JSON.stringify(waiting.waitsFor.codes) === JSON.stringify(waitsFor.codes)
      // Names that are not valid for the time when it was owed do not help it: a person sees it among what is not sent.
      if (!isSame) await this.#say(document, report, { ...withoutNames(report), payload: ours, ...waiting })
      return
    }
    const made = drafted(
      connection,
      { command, payload, ...(purpose === undefined ? {} : { purpose }) },
      this.#place.clock.wall(),
    )
    const written = made === 'nothing' ? { problem: 'There is nothing to tell.' } : made
    await this.#say(document, report, { ...withoutNames(report), ...written })
  }

  /** The same word once, however often a round finds it. */
  async #say({ id, tenant }: Owed, { waitsFor }: Omit<TransmissionReport, 'draft'>, data: object): Promise<void> {
    const about = {
      entity: 'transmission',
      references: [{ scheme: 'transmission', value: id }],
      unknown: 'create',
    } as const
    const assertion: Assertion = { type: 'transmission.reported', about, data }
    const identity = `named:${id}:${shortHash(JSON.stringify(waitsFor))}`
    const { partitions } = this.#place.backbone
    await this.#intake.accept(deskArrival([assertion], { tenant, identity, trace: hexHash(identity), partitions }))
  }
}

/** Whose a document is; its connection may be gone meanwhile. */
interface Owed {
  readonly id: string
  readonly tenant: string
}

function withoutNames(report: Omit<TransmissionReport, 'draft'>): Omit<TransmissionReport, 'draft'> {
  const { problem: _, payload: __, waitsFor: ___, ...rest } = report
  return rest
}

function nameOf({ connection, command, externalReference }: Omit<TransmissionReport, 'draft'>): string {
  return `${command}:${connection}:${externalReference}`
}
