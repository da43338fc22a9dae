import { createHash } from 'node:crypto'
import type { Fact } from '../../model/fact.ts'
import type { Backbone, Ownership } from '../backbone.ts'
import type { IdentifierClaim, NewEffect, NewFact, NewMessage, NewPark, Step, StepOutcome } from '../step.ts'

/** An implementation under test, and what a test may do to it besides the port. */
export interface Harness {
  readonly backbone: Backbone
  /** The database's clock, ms since 1970. */
  now(): Promise<number>
  /** Lets leases, claims, schedules and waits grow older. */
  pass(ms: number): Promise<void>
  /** Everything that is stored becomes older by whole days: messages, facts, effects, identities. */
  age(days: number): Promise<void>
  /** By hand, past the port: what nobody may do and accounting must show. */
  loseParked(message: string): Promise<void>
  /** Deletes the stored row that holds this offset of the inbox. */
  loseInbox(partition: number, offset: number): Promise<void>
  loseFacts(partition: number, offset: number): Promise<void>
  close(): Promise<void>
}

export type OpenHarness = () => Promise<Harness>

export const partitions = 4

export function message(identity: string, changes: Partial<NewMessage> = {}): NewMessage {
  const body = changes.body ?? new TextEncoder().encode(`{"identity":${JSON.stringify(identity)}}`)
  return {
    partition: 0,
    tenant: 'acme',
    connection: 'carrier',
    lane: 'realtime',
    identity,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    receivedAt: 1_760_000_000_000,
    contentType: 'application/json',
    headers: { 'user-agent': 'carrier/1' },
    trace: '0af7651916cd43dd8448eb211c80319c',
    body,
    ...changes,
  }
}

export function messages(count: number, changes: Partial<NewMessage> = {}): NewMessage[] {
  return Array.from({ length: count }, (_, index) => message(`m${index}`, changes))
}

export function fact(id: string, changes: Partial<Fact> & { readonly partition?: number } = {}): NewFact {
  const { partition = 0, ...rest } = changes
  return {
    partition,
    fact: {
      id,
      type: 'tracking.reported',
      subject: 'shp_1',
      tenant: 'acme',
      recordedAt: '2026-01-04T16:00:00.000Z',
      source: 'carrier',
      causation: id.replace(/\.[^.]*$/, ''),
      correlation: 'shp_1',
      trace: '0af7651916cd43dd8448eb211c80319c',
      data: { code: 'in_transit' },
      ...rest,
    },
  }
}

export function effect(id: string, changes: Partial<NewEffect> = {}): NewEffect {
  return {
    id: `eff_${id}`,
    tenant: 'acme',
    naturalKey: `post_goods_issue:erp:${id}`,
    target: 'erp',
    key: 'delivery-1',
    command: 'post_goods_issue',
    externalReference: `IL-${id}`,
    payload: '{"quantity":"5"}',
    lane: 'realtime',
    priority: 5,
    causation: 'msg_0-0.0',
    correlation: 'shp_1',
    trace: '0af7651916cd43dd8448eb211c80319c',
    ...changes,
  }
}

export function park(id: string, changes: Partial<NewPark> = {}): NewPark {
  const partition = changes.partition ?? 0
  return {
    message: id,
    partition,
    tenant: 'acme',
    connection: 'carrier',
    code: 'MAP_FAILED',
    detail: 'Expected a date.',
    at: 1_760_000_000_000,
    ...changes,
  }
}

export function claim(value: string, subject: string, changes: Partial<IdentifierClaim> = {}): IdentifierClaim {
  return {
    tenant: 'acme',
    entity: 'shipment',
    reference: { scheme: 'tracking_number', issuer: 'ups', value },
    normalized: value,
    subject,
    from: 1_760_000_000_000,
    ...changes,
  }
}

export async function committed(
  backbone: Backbone,
  step: Step,
): Promise<Extract<StepOutcome, { outcome: 'committed' }>> {
  const outcome = await backbone.commit(step)
  if (outcome.outcome !== 'committed') throw new Error(`expected a commit, got ${JSON.stringify(outcome)}`)
  return outcome
}

export async function owned(backbone: Backbone, consumer: string, partition = 0, owner = 'node-1'): Promise<Ownership> {
  const ownership = await backbone.takeOwner(consumer, partition, owner, 60)
  if (ownership === undefined) throw new Error(`${consumer} ${partition} is held by somebody else`)
  return ownership
}

/** The fence of a step that moves an owner's offset on by `count`. */
export function fence(
  { consumer, partition, epoch, offset }: Ownership,
  count: number,
): NonNullable<Step['fences']>[number] {
  return { consumer, partition, epoch, from: offset, to: offset + count }
}
