import { ownMachine } from '../../transports/http/own-machine.ts'
import { portsOf, type Settings } from '../settings/settings.ts'

/** Whether an address is the hub's own or its database's: it never calls those, whatever a connection allows. */
export function ownAddresses(settings: Settings, databaseUrl: string): (address: string, port: number) => boolean {
  const databasePort = Number(new URL(databaseUrl).port || 5432)
  return ownMachine(() => [...portsOf(settings), databasePort])
}
