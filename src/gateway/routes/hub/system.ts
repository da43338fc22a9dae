import { Type } from 'typebox'
import type { SeenInstance } from '../../../registry/hub-instances.ts'
import { demandOperator } from '../../access/operator.ts'
import { defineRoute } from '../../route.ts'

const count = (description: string) => Type.Integer({ description })
const size = (description: string) => Type.Number({ description: `${description} Bytes.` })

const instance = Type.Object({
  instance: Type.String({ description: 'Unique per start.' }),
  version: Type.String(),
  host: Type.String(),
  process: count('Of the operating system.'),
  roles: Type.Array(Type.String(), { description: 'gateway, translate, advance, dispatch.' }),
  startedAt: Type.String({ description: 'RFC 3339.' }),
  seenAt: Type.String({ description: 'When it last said how it is. RFC 3339.' }),
  isSilent: Type.Boolean({ description: 'Not heard of for 20 seconds: it is gone, or cannot reach the database.' }),
  memoryBytes: size('Resident.'),
  heapBytes: size('Of that in use by the program.'),
  eventLoopDelayMs: Type.Number({ description: 'What a callback had to wait lately, at the 99th percentile.' }),
})

/** Reads what the instances say of themselves, and the catalogue of the database. */
export const readSystem = defineRoute({
  method: 'GET',
  path: '/v1/system',
  scope: 'system:read',
  operationId: 'readSystem',
  summary:
    'The hub as its operator knows it: instances, partitions and who works on them, the database, the settings in force',
  tag: 'system',
  answer: {
    status: 200,
    schema: Type.Object({
      version: Type.String({ description: 'Of the instance that answers.' }),
      at: Type.String({ description: 'When it was looked at. RFC 3339.' }),
      instances: Type.Array(instance, { description: 'Heard of within a day, the newest start first.' }),
      partitions: Type.Array(
        Type.Object({
          stage: Type.String({ description: 'translate or advance.' }),
          partition: count('From 0.'),
          instance: Type.String({ description: 'Holds the lease; empty while nobody does.' }),
          epoch: count('Counts owners: what an earlier one still writes is refused.'),
          waiting: count('Offsets that are not worked on yet.'),
        }),
      ),
      database: Type.Object({
        version: Type.String({ description: 'Of PostgreSQL.' }),
        bytes: size('All of it.'),
        connections: count('Open now, of anybody.'),
        connectionsMost: count('That the server allows.'),
        tables: Type.Array(Type.Object({ name: Type.String(), bytes: size('With its indexes and partitions.') }), {
          description: 'The ten largest, the largest first.',
        }),
        migration: Type.String({ description: 'The newest one that was run.' }),
        migrations: count('That were run.'),
      }),
      settings: Type.Array(
        Type.Object({
          name: Type.String(),
          about: Type.String(),
          value: Type.String({ description: 'As text; of secrets only that there is one.' }),
          isDefault: Type.Boolean({ description: 'Nobody has set it to anything else.' }),
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal }) => {
    demandOperator(principal.tenant)
    const { system } = gateway
    const [instances, partitions, database] = await Promise.all([
      system.instances(),
      system.partitions(),
      system.database(),
    ])
    const now = gateway.now()
    return {
      body: {
        version: system.version,
        at: new Date(now).toISOString(),
        instances: instances.map((one) => shown(one, now)),
        partitions,
        database,
        settings: system.settings().map((one) => ({ ...one, value: String(one.value) })),
      },
    }
  },
})

/** Each says how it is every five seconds. */
const silentMs = 20_000

function shown(one: SeenInstance, now: number): Record<string, unknown> {
  const { instance: id, version, host, process, roles, startedAt, seenAt } = one
  const { memoryBytes, heapBytes, eventLoopDelayMs } = one
  return {
    instance: id,
    version,
    host,
    process,
    roles,
    memoryBytes,
    heapBytes,
    eventLoopDelayMs,
    startedAt: new Date(startedAt).toISOString(),
    seenAt: new Date(seenAt).toISOString(),
    isSilent: now - seenAt > silentMs,
  }
}
