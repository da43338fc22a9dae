import { spawnSync } from 'node:child_process'
import { cipherNamed } from '../src/transports/as2/cms/ciphers.ts'
import { digestNamed } from '../src/transports/as2/cms/digests.ts'
import { makeIdentity } from '../src/transports/as2/identity.contract.ts'
import { entityOf } from '../src/transports/as2/permutation.contract.ts'
import type { Protection } from '../src/transports/as2/protection.ts'
import { sealReceipt } from '../src/transports/as2/receipt.ts'
import { unwrap } from '../src/transports/as2/unwrap.ts'
import { wrap } from '../src/transports/as2/wrap.ts'

/** CPU per AS2 message of a usual size and of a large one, beside what `openssl speed` says that the RSA operations in it cost alone. */
export async function as2(): Promise<Record<string, number>> {
  const [sender, receiver] = [makeIdentity('sender'), makeIdentity('receiver')]
  const sign = { signer: sender, digest: digestNamed('sha256'), form: 'detached', spelling: 'new', at: 0 } as const
  const protection: Protection = {
    compress: 'no',
    digest: sign.digest,
    sign,
    encrypt: { recipients: [receiver.certificate], cipher: cipherNamed('aes256-cbc'), keyTransport: 'v1.5' },
  }
  const opening = {
    own: [receiver],
    trusted: [sender.certificate],
    allowLegacy: false,
    bytesMost: 100_000_000,
    signatureNeeded: true,
    digest: () => sign.digest,
  }
  const figures: Record<string, number> = {}
  for (const [size, bytes, rounds] of [
    ['10KB', 10_000, 400],
    ['20MB', 20_000_000, 4],
  ] as const) {
    const document = { content: Buffer.alloc(bytes, 'ISA*00*AB~\r\n'), contentType: 'application/EDI-X12' }
    const message = entityOf(await wrap(document, protection))
    figures[`${size}SignEncryptCpuMilliseconds`] = await cpuOf(rounds, () => wrap(document, protection))
    figures[`${size}DecryptVerifyCpuMilliseconds`] = await cpuOf(rounds, () => unwrap(message, opening))
  }
  const receipt = {
    from: 'A',
    to: 'B',
    originalMessageId: '<1@a>',
    originalRecipient: 'A',
    disposition: { kind: 'processed' },
    spelling: 'new',
    text: 'Received.',
  } as const
  const envelope = { messageId: '<2@b>', at: 0, product: 'bench', sign }
  figures['signedReceiptCpuMilliseconds'] = await cpuOf(400, async () => sealReceipt(receipt, envelope))
  return { ...figures, ...floor() }
}

/** Average CPU of this process and its thread pool per call, in ms. */
async function cpuOf(rounds: number, work: () => Promise<unknown>): Promise<number> {
  for (let at = 0; at < rounds / 4; at++) await work()
  const from = process.cpuUsage()
  for (let at = 0; at < rounds; at++) await work()
  const { user, system } = process.cpuUsage(from)
  return round((user + system) / 1000 / rounds)
}

/** One private and one public operation of RSA with 2048 bits, in ms of CPU, by the command line of the machine. */
function floor(): Record<string, number> {
  const { status, stdout } = spawnSync('openssl', ['speed', '-seconds', '2', '-mr', 'rsa2048'], { encoding: 'utf8' })
  const found = /^\+F2:\d+:2048:([\d.]+):([\d.]+)/m.exec(stdout ?? '')
  if (status !== 0 || found === null) return {}
  const [sign, verify] = found.slice(1).map(Number)
  return { opensslSignMilliseconds: milliseconds(sign), opensslVerifyMilliseconds: milliseconds(verify) }
}

/** The command says seconds per operation, or operations per second, depending on its release. */
function milliseconds(said = 0): number {
  return round(said > 1 ? 1000 / said : said * 1000)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
