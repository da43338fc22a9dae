import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limits } from '../../src/base/limits.ts'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { OpenSsl, opensslMissing } from '../../src/transports/as2/openssl.contract.ts'
import { testDatabase } from '../postgres/database.ts'
import { LargeListener, sealByOpenSsl, writeDocument } from './large-message.ts'
import { sendLarge } from './large-sending.ts'
import { KeyFiles } from './test-partner.ts'

/** Enough that anything held in memory would show. */
const megabytes = 200

describe.skipIf(opensslMissing)(`a message of ${megabytes} MB (${opensslMissing ?? 'by OpenSSL'})`, () => {
  const [ours, theirs] = [makeIdentity('ours'), makeIdentity('theirs')]
  const openssl = new OpenSsl()
  const files = new KeyFiles()
  let listener: LargeListener

  beforeAll(async () => {
    openssl.keep('ours', ours)
    openssl.keep('theirs', theirs)
    listener = await LargeListener.start(files.keep('ours', ours).identity, files.keep('theirs', theirs).certificate)
  })
  afterAll(() => {
    listener.stop()
    openssl.remove()
    files.remove()
  })

  let sha256: string
  const isReceived = async (isCompressed: boolean): Promise<void> => {
    const figures = await listener.post(await sealByOpenSsl(openssl, openssl.path('document'), { isCompressed }))
    expect(figures).toMatchObject({ bytes: megabytes * 1_048_576, sha256 })
    expect(figures.rssMegabytes).toBeLessThan(150)
  }

  test('signed and encrypted, is received to the byte by a process that never has 150 MB', {
    timeout: 300_000,
  }, async () => {
    sha256 = await writeDocument(openssl.path('document'), megabytes)
    await isReceived(false)
  })

  test('compressed, signed outside and encrypted, too', { timeout: 300_000 }, () => isReceived(true))
})

test('a document of ours that is as large as one may be is sent with less than eight times its size in memory', async () => {
  const [ours, theirs] = [makeIdentity('ours'), makeIdentity('theirs')]
  const files = new KeyFiles()
  const [own, other] = [files.keep('ours', ours), files.keep('theirs', theirs)]
  const listener = await LargeListener.start(own.identity, other.certificate)
  const bytes = limits.documentCharacters
  try {
    const sending = { databaseUrl: await testDatabase(), identity: other.identity, certificate: own.certificate }
    const figures = await sendLarge({ ...sending, port: listener.port, bytes, count: 1 })
    expect(figures.rssMegabytes - figures.idleMegabytes).toBeLessThan((8 * bytes) / 1_000_000)
  } finally {
    listener.stop()
    files.remove()
  }
}, 120_000)
