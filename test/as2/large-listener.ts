import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCertificates, readIdentity } from '../../src/transports/as2/certificate.ts'
import { digestNamed } from '../../src/transports/as2/cms/digests.ts'
import { onDisk } from '../../src/transports/as2/large/disk-handling.ts'
import { Spool } from '../../src/transports/as2/large/spool.ts'
import { As2Listener } from '../../src/transports/as2/listener.ts'
import { readAs2Request } from '../../src/transports/as2/request.ts'
import { unwrapBy } from '../../src/transports/as2/unwrap.ts'

/**
 * A process with nothing but the door of AS2 in it, for measuring how much memory a large message takes: `node large-listener.ts <our key
 * and certificate> <partner's certificate>`. It says its port, and of each message its size, its hash and the most memory there was.
 */
const [ours = '', theirs = ''] = process.argv.slice(2)
const pem = readFileSync(ours)
const [certificate] = readCertificates(pem)
if (certificate === undefined) throw new Error('no certificate')
const own = readIdentity({ certificate, key: pem })
const directory = mkdtempSync(join(tmpdir(), 'interline-large-'))
const spool = await Spool.open({ directory, room: async () => Number.POSITIVE_INFINITY })
let most = 0
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
}, 5)
const listener = new As2Listener({
  receive: async () => ({ status: 400 }),
  large: {
    spool,
    memoryBytesMost: 1_048_576,
    receive: async (fields, body, message) => {
      const started = performance.now()
      const opened = await unwrapBy(onDisk(message), readAs2Request(fields, body).entity, {
        own: [own],
        trusted: readCertificates(readFileSync(theirs)),
        allowLegacy: false,
        bytesMost: 2_000_000_000,
        signatureNeeded: true,
        digest: () => digestNamed('sha256'),
      })
      const hash = createHash('sha256')
      for await (const chunk of opened.content.chunks()) hash.update(chunk)
      most = Math.max(most, process.memoryUsage.rss())
      const figures = {
        bytes: opened.content.length,
        sha256: hash.digest('hex'),
        rssMegabytes: Math.round(most / 1_048_576),
        seconds: (performance.now() - started) / 1000,
      }
      return { status: 200, body: Buffer.from(JSON.stringify(figures)) }
    },
  },
  bytesMost: 2_000_000_000,
  arrivingBytesMost: 100_000_000,
  connectionsMost: 10,
  requestMs: 300_000,
})
const port = await listener.listen(0, '127.0.0.1')
process.on('SIGTERM', () => {
  clearInterval(watch)
  rmSync(directory, { recursive: true, force: true })
  process.exit(0)
})
console.log(`port ${port} rss ${Math.round(process.memoryUsage.rss() / 1_048_576)}`)
