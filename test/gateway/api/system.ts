import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Shown {
  readonly instances: readonly { readonly instance: string; readonly isSilent: boolean; readonly memoryBytes: number }[]
  readonly partitions: readonly { readonly stage: string; readonly instance: string; readonly epoch: number }[]
  readonly database: {
    readonly bytes: number
    readonly tables: readonly { readonly name: string; readonly bytes: number }[]
  }
  readonly settings: readonly { readonly name: string; readonly value: string; readonly isDefault: boolean }[]
}

/** What whoever runs the hub is told of it. */
export function describeSystem(hub: ApiUnderTest): void {
  describe('the system', () => {
    test('says which instances there are, that each partition has one of them, and how large the database is', async () => {
      const { instances, partitions, database } = await eventually(
        async () => (await hub.ask('GET', '/v1/system')).json() as Shown,
        (shown) => shown.instances.length > 0,
      )
      const alive = instances.filter(({ isSilent }) => !isSilent).map(({ instance }) => instance)
      expect(alive).toHaveLength(1)
      expect(instances[0]?.memoryBytes).toBeGreaterThan(10_000_000)
      expect(new Set(partitions.map(({ stage }) => stage))).toEqual(new Set(['translate', 'advance']))
      expect(partitions.every(({ instance }) => alive.includes(instance))).toBe(true)
      expect(partitions.every(({ epoch }) => epoch > 0)).toBe(true)
      expect(database.bytes).toBeGreaterThan(1_000_000)
      expect(database.tables).toHaveLength(10)
      const sizes = database.tables.map(({ bytes }) => bytes)
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    })

    test('says which settings are in force, and of secrets only that there are some', async () => {
      const { settings } = (await hub.ask('GET', '/v1/system')).json() as Shown
      const of = (name: string) => settings.find((one) => one.name === name)
      expect(of('port')).toMatchObject({ isDefault: false })
      expect(of('retentionDays')).toMatchObject({ isDefault: true })
      expect(of('databaseUrl')?.value).toMatch(/^(\(secret\))?$/)
    })
  })
}
