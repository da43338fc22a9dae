import { createServer } from 'node:net'
import { InterlineError } from '../../base/errors.ts'
import type { Random } from '../../flow/ports.ts'

const lowest = 20_000
/** From here on the kernel hands ports to outgoing connections: one of those could take ours while the server restarts. */
const ephemeral = 32_768

/** A free port on loopback: the wanted one if nobody has it. Throws DATABASE_NOT_STARTED when none of a hundred is free. */
export async function freePort(wanted: number | undefined, random: Random): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + Math.floor(random.next() * (ephemeral - lowest))
    if (await isFree(port)) return port
  }
  throw new InterlineError('DATABASE_NOT_STARTED', {
    detail: `no free port on 127.0.0.1 from ${lowest} to ${ephemeral - 1}`,
  })
}

/** Whether nobody listens there now. Another program may take it before we do: then the start fails and says so. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return tryPort(port, host).then(
    () => true,
    () => false,
  )
}

/** Opens the port and closes it again. Rejects with what the system says against it. */
export function tryPort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve()))
  })
}
