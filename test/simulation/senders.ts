import type { AppendResult } from '../../src/backbone/step.ts'
import { startOfTime } from './machine.ts'
import { orderEvents } from './orders.ts'
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
  const all: readonly (Omit<Sending, 'stream' | 'acknowledged'> & { readonly sendings: readonly number[] })[] = [
    ...world.plan.messages.map((message) => ({
      id: message.id,
      connection: 'wms',
      body: bodyOf(message),
      contentType: 'application/json',
      sendings: message.sendings,
    })),
    ...world.plan.documents.map(({ id, payload, sendings }) => ({
      id,
      connection: payload.connection,
      body: new TextEncoder().encode(payload.text),
      contentType: payload.contentType,
      sendings,
    })),
  ]
  for (const { sendings, ...one } of all)
    for (const at of sendings) world.kernel.after(at, () => send(world, { ...one, stream, acknowledged }))
  const words = new Stream(world.plan.seed, 'order senders')
  for (const { id, text, sendings } of world.hasOrders ? orderEvents(world.plan.seed) : []) {
    const one = { id, connection: 'erp', body: new TextEncoder().encode(text), contentType: 'application/json' }
    for (const at of sendings) world.kernel.after(at, () => send(world, { ...one, stream: words, acknowledged }))
  }
  return { acknowledged }
}

interface Sending {
  readonly id: string
  readonly connection: string
  readonly body: Uint8Array
  readonly contentType: string
  readonly stream: Stream
  readonly acknowledged: Map<string, Set<string>>
}

function send(world: World, sending: Sending): void {
  const { id, stream, acknowledged } = sending
  const again = (): void => {
    world.kernel.after(stream.between(1000, 30_000), () => send(world, sending))
  }
  const up = world.processes.filter(({ machine, node }) => machine.up && node !== undefined)
  const target = up.length === 0 ? undefined : stream.pick(up)
  const connection = world.connections.get(sending.connection)
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
    else acknowledged.set(id, (acknowledged.get(id) ?? new Set()).add(result.id))
  }
  const arrival = {
    connection,
    body: sending.body,
    contentType: sending.contentType,
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

/** `corrected` is what an operator makes of a message that nobody could read. */
export function bodyOf(message: PlannedMessage, corrected = false): Uint8Array {
  const { id, sku, quantity, gain, poison, sendings } = message
  const data = {
    movement: gain ? 'adjust_gain' : 'adjust_loss',
    sku,
    quantity: String(quantity),
    uom: 'EA',
    [gain ? 'to' : 'from']: { location: 'W1' },
    document: { kind: 'adjustment', id },
    ...(poison && !corrected ? { poison: 'true' } : {}),
  }
  const occurredAt = new Date(startOfTime + Math.floor(sendings[0] ?? 0)).toISOString()
  return new TextEncoder().encode(JSON.stringify({ eventId: id, type: 'movement', occurredAt, data }))
}
