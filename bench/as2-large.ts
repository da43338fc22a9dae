import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { limits } from '../src/base/limits.ts'
import { makeIdentity } from '../src/transports/as2/identity.contract.ts'
import { OpenSsl } from '../src/transports/as2/openssl.contract.ts'
import { LargeListener, sealByOpenSsl, writeDocument } from '../test/as2/large-message.ts'
import { sendLarge } from '../test/as2/large-sending.ts'
import { KeyFiles } from '../test/as2/test-partner.ts'
import { benchDatabase } from './database.ts'

/**
 * Memory and time that our largest document takes on its way out, signed, encrypted and kept. And memory and time that the door of AS2 takes for a large message, signed
 * and encrypted by OpenSSL: the most of a process with nothing else in it, and how much of that the message added. Beside it, in the same run,
 * OpenSSL that decrypts the same bytes and digests what is in them, and a copy.
 */
export async function largeAs2(
  megabytes = Number(process.env['BENCH_AS2_MEGABYTES'] ?? 300),
): Promise<Record<string, number>> {
  const [ours, theirs] = [makeIdentity('ours'), makeIdentity('theirs')]
  const openssl = new OpenSsl()
  const files = new KeyFiles()
  openssl.keep('ours', ours)
  openssl.keep('theirs', theirs)
  const [own, other] = [files.keep('ours', ours), files.keep('theirs', theirs)]
  const listener = await LargeListener.start(own.identity, other.certificate)
  try {
    const sha256 = await writeDocument(openssl.path('document'), megabytes)
    const sealed = await sealByOpenSsl(openssl, openssl.path('document'))
    const from = performance.now()
    await copyFile(sealed, openssl.path('copy'))
    const copySeconds = secondsSince(from)
    const receiving = performance.now()
    const figures = await listener.post(sealed)
    const receiveSeconds = secondsSince(receiving)
    if (figures.sha256 !== sha256) throw new Error('another document arrived')
    return {
      megabytes,
      receiveSeconds,
      receiveRssMegabytes: figures.rssMegabytes,
      receiveRssGrowthMegabytes: figures.rssMegabytes - listener.idle,
      ...(await opened(openssl, sealed)),
      copySeconds,
      ...(await sent({ identity: other.identity, certificate: own.certificate, port: listener.port })),
    }
  } finally {
    listener.stop()
    openssl.remove()
    files.remove()
  }
}

/** The other way, with a database that keeps it. */
async function sent(
  to: Pick<Parameters<typeof sendLarge>[0], 'identity' | 'certificate' | 'port'>,
): Promise<Record<string, number>> {
  const database = await benchDatabase()
  try {
    const bytes = limits.documentCharacters
    const sending = { ...to, databaseUrl: database.url, bytes }
    const one = await sendLarge({ ...sending, count: 1 })
    const ten = await sendLarge({ ...sending, count: 10 })
    return {
      sendMegabytes: bytes / 1_000_000,
      sendSeconds: ten.secondsEach,
      sendRssGrowthMegabytes: one.rssMegabytes - one.idleMegabytes,
      sendTenRssGrowthMegabytes: ten.rssMegabytes - ten.idleMegabytes,
    }
  } finally {
    await database.stop()
  }
}

/** The same by the command line of OpenSSL. */
async function opened(openssl: OpenSsl, sealed: string): Promise<Record<string, number>> {
  const from = performance.now()
  const decrypting = await mostOf(openssl, [
    ...['cms', '-decrypt', '-binary', '-inform', 'DER', '-recip', 'ours.crt', '-inkey', 'ours.key'],
    ...['-in', sealed, '-out', 'opened'],
  ])
  await mostOf(openssl, ['dgst', '-sha256', 'opened'])
  return { opensslSeconds: secondsSince(from), opensslDecryptRssMegabytes: decrypting }
}

/** Runs it; the most memory that it had, in megabytes, as Linux keeps it. */
async function mostOf(openssl: OpenSsl, args: readonly string[]): Promise<number> {
  const child = spawn('openssl', [...args], { cwd: openssl.directory, stdio: 'ignore' })
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, residentMost(child.pid ?? 0))
  }, 20)
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject)
  child.once('close', resolve)
  const status = await promise.finally(() => clearInterval(watch))
  if (status !== 0) throw new Error(`openssl ${args.join(' ')} ended with ${status}`)
  return most
}

function residentMost(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
    return Math.round(Number(kilobytes) / 1024)
  } catch {
    // It has just ended, or this is no Linux.
    return 0
  }
}

function secondsSince(from: number): number {
  return Math.round((performance.now() - from) / 10) / 100
}
