import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import { OpenSsl, opensslMissing } from '../../src/transports/as2/openssl.contract.ts'
import { LargeListener, sealByOpenSsl, writeDocument } from './large-message.ts'
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
