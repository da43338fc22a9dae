import type { AddressInfo } from 'node:net'
import { InterlineError } from '../../base/errors.ts'
import { tryPort } from '../postgres/port.ts'
import type { Settings } from '../settings/settings.ts'

/** A port that a hub listens at, as its operator names it. */
export interface Door {
  readonly name: string
  readonly host: string
  readonly port: number
}

type HttpDoors = Readonly<Record<'main' | 'operations' | 'tls', Door>>

/** The ports of the HTTP side. */
export function httpDoors({ host, port, operationsPort, tlsPort }: Settings): HttpDoors {
  return {
    main: { name: 'The HTTP interface (INTERLINE_PORT)', host, port },
    operations: { name: 'The interface of operations (INTERLINE_OPERATIONS_PORT)', host, port: operationsPort },
    tls: { name: 'The HTTPS interface (INTERLINE_TLS_PORT)', host, port: tlsPort },
  }
}

/** How others write an address. */
export function boundName({ family, address, port }: AddressInfo): string {
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** Before anything is started, so that nothing has to be taken back; 0 is any port. Throws ADDRESS_NOT_OPENED. */
export async function tryHttpDoors(settings: Settings): Promise<void> {
  if (!settings.roles.includes('gateway')) return
  const { main, operations, tls } = httpDoors(settings)
  for (const door of [main, operations, ...(settings.tlsCertificate === '' ? [] : [tls])])
    await opened(door, () => tryPort(door.port, door.host))
}

/** What `listen` gives. Throws ADDRESS_NOT_OPENED, with what to do, where the system does not let us have the port. */
export async function opened<T>({ name, host, port }: Door, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen()
  } catch (error) {
    const reason = reasons[error instanceof Error && 'code' in error ? String(error.code) : '']
    if (reason === undefined) throw error
    throw new InterlineError('ADDRESS_NOT_OPENED', { name, address: `${host}:${port}`, reason }, error)
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not listen there',
  EADDRINUSE: 'somebody else listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'nobody knows this name',
}
