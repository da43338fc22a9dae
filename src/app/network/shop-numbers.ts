import type { OpenedConnection } from './connection-manifest.ts'
import type { Reading } from './reading.ts'

/**
 * Two shops of a tenant that begin their numbers alike in the hub would share an order as soon as both count from 1001. Said only while a
 * network is applied: one that is in force goes on, because a prefix cannot be given to a shop that has orders already.
 */
export function judgeShops(reading: Reading, opened: ReadonlyMap<string, OpenedConnection>): void {
  if (!reading.isApplied) return
  const first = new Map<string, string>()
  for (const { connection, entry } of opened.values()) {
    const { orderPrefix, ownOrderNumbers } = connection.settings as {
      readonly orderPrefix?: unknown
      readonly ownOrderNumbers?: unknown
    }
    if (typeof orderPrefix !== 'string' || ownOrderNumbers === true) continue
    const name = `${connection.tenant} ${orderPrefix}`
    const other = first.get(name)
    if (other === undefined) first.set(name, connection.id)
    else
      reading.problems.add('MANIFEST_SHOPS_ALIKE', entry.place.at('settings'), {
        shop: connection.id,
        other,
        orderPrefix,
      })
  }
}
