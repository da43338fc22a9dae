import { hexHash } from '../../base/sha256.ts'
import type { Assertion } from '../../model/fact.ts'
import type { TaskState } from '../../model/task/state.ts'
import type { Intake } from '../intake/intake.ts'
import { deskArrival } from '../stewardship/desk.ts'
import type { Workplace } from '../workplace.ts'

/** Questions about codes: how each stands, and what is said of it. The same words again are a duplicate. */
export class CodeQuestions {
  readonly #place: Workplace
  readonly #intake: Pick<Intake, 'accept'>

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>) {
    this.#place = place
    this.#intake = intake
  }

  async states(tasks: readonly string[]): Promise<ReadonlyMap<string, TaskState>> {
    const stored = await this.#place.backbone.states(tasks)
    return new Map([...stored].map(([id, { body }]) => [id, JSON.parse(body) as TaskState]))
  }

  async say(
    tenant: string,
    { task, type, data }: { readonly task: string; readonly type: string; readonly data: unknown },
  ): Promise<void> {
    const about = { entity: 'task', references: [{ scheme: 'task', value: task }], unknown: 'create' } as const
    const assertion: Assertion = { type, about, data }
    const identity = `${type}:${task}`
    const { partitions } = this.#place.backbone
    await this.#intake.accept(deskArrival([assertion], { tenant, identity, trace: hexHash(identity), partitions }))
  }
}
