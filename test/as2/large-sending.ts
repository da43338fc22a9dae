import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What a process that sent large documents says of it. */
export interface SendingFigures {
  readonly rssMegabytes: number
  /** Before the first of them. */
  readonly idleMegabytes: number
  readonly secondsEach: number
}

/** Documents of so many bytes, one after the other, signed and encrypted and kept, from a process of their own to a listener. */
export async function sendLarge(options: {
  readonly databaseUrl: string
  /** Key and certificate of the sender, and certificate of who listens: files. */
  readonly identity: string
  readonly certificate: string
  readonly port: number
  readonly bytes: number
  readonly count: number
}): Promise<SendingFigures> {
  const { databaseUrl, identity, certificate, port, bytes, count } = options
  const script = new URL('large-sender.ts', import.meta.url).pathname
  const args = [script, databaseUrl, identity, certificate, `${port}`, `${bytes}`, `${count}`]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as SendingFigures
}
