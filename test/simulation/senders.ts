import type { AppendResult } from '../../src/backbone/step.ts'
import { startOfTime } from './machine.ts'
import type { PlannedMessage } from './plan.ts'
import { Stream } from './random.ts'
import type { World } from './world.ts'

/** What the senders saw: recorded outside the hub, so that the oracle need not believe it. */
export interface Witness {
  /** Message → ids that were acknowledged for it. */
  readonly acknowledged: Map<string, Set<string>>
}

/** The warehouse sends its messages, again when it gets no answer, and some of them again anyway. */
export function startSenders(world: World): Witness {
  const acknowledged = new Map<string, Set<string>>()
  const stream = new Stream(world.plan.seed, 'senders')
  for (const message of world.plan.messages) {
    for (const at of message.sendings) world.kernel.after(at, () => send(world, { message, stream, acknowledged }))
  }
  return { acknowledged }
}

interface Sending {
  readonly message: PlannedMessage
  readonly stream: Stream
  readonly acknowledged: Map<string, Set<string>>
}

function send(world: World, sending: Sending): void {
  const { message, stream, acknowledged } = sending
  const again = (): void => {
    world.kernel.after(stream.between(1000, 30_000), () => send(world, sending))
  }
  const up = world.processes.filter(({ machine, node }) => machine.up && node !== undefined)
  const target = up.length === 0 ? undefined : stream.pick(up)
  const connection = world.connections.get('wms')
  if (target?.node === undefined || connection === undefined) {
    again()
    return
  }
  let answered = false
  const timeout = world.kernel.after(30_000, () => {
    if (!answered) again()
    answered = true
  })
  const settle = (result?: AppendResult): void => {
    if (answered) return
    answered = true
    timeout()
    if (result === undefined) again()
    else acknowledged.set(message.id, (acknowledged.get(message.id) ?? new Set()).add(result.id))
  }
  const arrival = {
    connection,
    body: bodyOf(message),
    contentType: 'application/json',
    headers: {},
    trace: '0'.repeat(32),
  }
  const accept =
    world.mutant?.accept?.(target.node, world) ??
    ((one) => target.node?.intake.accept(one) ?? Promise.reject(new Error('gone')))
  accept(arrival).then(
    (result) => settle(result),
    () => settle(),
  )
}

function bodyOf(message: PlannedMessage): Uint8Array {
  const { id, sku, quantity, gain, poison, sendings } = message
  const data = {
    movement: gain ? 'adjust_gain' : 'adjust_loss',
    sku,
    quantity: String(quantity),
    uom: 'EA',
    [gain ? 'to' : 'from']: { location: 'W1' },
    document: { kind: 'adjustment', id },
    ...(poison ? { poison: 'true' } : {}),
  }
  const occurredAt = new Date(startOfTime + Math.floor(sendings[0] ?? 0)).toISOString()
  return new TextEncoder().encode(JSON.stringify({ eventId: id, type: 'movement', occurredAt, data }))
}
