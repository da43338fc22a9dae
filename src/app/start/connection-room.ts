import { readFileSync } from 'node:fs'
import type { Registry } from 'prom-client'
import { ConnectionRoom } from '../../gateway/door/connection-room.ts'
import { defineGauge } from '../../watch/signals.ts'
import type { Settings } from '../settings/settings.ts'

/** Room for connections of HTTP and HTTPS together: as the settings say, and never all files that the process may have open. */
export function openConnectionRoom({ httpConnectionsMax }: Settings, registry: Registry): ConnectionRoom {
  const room = new ConnectionRoom(Math.min(httpConnectionsMax, connectionsWithin(openFilesMost())))
  defineGauge(registry, {
    name: 'interline_http_connections',
    help: 'Connections open at the HTTP and HTTPS interface.',
    read: async () => [{ value: room.open }],
  })
  return room
}

/** Connections that leave files for the database, the disk, and what is called. */
export function connectionsWithin(files: number): number {
  return Math.max(Math.floor(files / 2), files - filesOfOurs)
}

/** Files that this process may have open; without an end where the system does not say. */
function openFilesMost(): number {
  try {
    const said = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return said === undefined ? Number.POSITIVE_INFINITY : Number(said)
  } catch {
    // Not a Linux.
    return Number.POSITIVE_INFINITY
  }
}

const filesOfOurs = 2000
