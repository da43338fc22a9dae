import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { As2Exchange } from '../../src/app/as2/as2-exchange.ts'
import { makeIdentity } from '../../src/transports/as2/identity.contract.ts'
import type { As2Answer } from '../../src/transports/as2/listener.ts'
import { readEntity } from '../../src/transports/as2/mime/entity.ts'
import { OpenSsl, opensslMissing } from '../../src/transports/as2/openssl.contract.ts'
import { type As2Request, readAs2Request } from '../../src/transports/as2/request.ts'
import { As2Sender } from './as2-sender.ts'
import { BouncyCastle, bouncyCastleMissing } from './bouncy-castle.ts'
import { listen } from './test-partner.ts'

const missing = bouncyCastleMissing ?? opensslMissing

const combinations = [
  ['plain', 'no', 'no'],
  ['signed', 'sha256', 'no'],
  ['encrypted', 'no', 'aes256-cbc'],
  ['signed and encrypted', 'sha256', 'aes256-cbc'],
].flatMap(([what, sign, encrypt]) =>
  ['no', 'before-signing', 'after-signing'].map((compress) => ({
    what: `${what}, compressed ${compress}`,
    protection: { sign, encrypt, compress },
  })),
)

/** Each test opens and signs two dozen times in processes of other programs. */
const patienceMs = 120_000

/** A message as a partner has it, opened by BouncyCastle. */
interface Taken {
  readonly request: As2Request
  readonly body: Buffer
  readonly content: string
  readonly mic: string
}

describe.skipIf(missing)(
  `BouncyCastle opens what we send, and OpenSSL signs the receipt (${missing ?? 'installed'})`,
  () => {
    const [ours, theirs, stranger] = [makeIdentity('ours'), makeIdentity('theirs'), makeIdentity('stranger')]
    const castle = new BouncyCastle()
    const openssl = new OpenSsl()
    const taken: Taken[] = []
    /** What the partner answers; by default that it has the message and will say more later. */
    let conduct: (one: Taken) => As2Answer = () => ({ status: 204 })
    let sender: As2Sender
    let server: Awaited<ReturnType<typeof listen>>

    beforeAll(async () => {
      openssl.keep('theirs', theirs)
      openssl.keep('stranger', stranger)
      await castle.start(theirs, ours)
      sender = await As2Sender.start(ours, theirs)
      server = await listen(async (fields, body) => {
        const request = readAs2Request(fields, body)
        const header = request.entity.fields.map(({ name, value }) => `${name}: ${value}\r\n`).join('')
        const opened = await castle.unwrap(Buffer.concat([Buffer.from(`${header}\r\n`), body]))
        const one = { request, body, content: opened.body.toString(), mic: opened.mic }
        taken.push(one)
        return conduct(one)
      })
    })
    afterAll(async () => {
      await server.close()
      await sender.stop()
      await castle.stop()
      openssl.remove()
    })

    /** A receipt whose report stands in the first part of a `multipart/signed`, as the command line of OpenSSL writes one. */
    function receipt(
      { request, mic }: Taken,
      said: {
        readonly mic?: string
        readonly disposition?: string
        readonly id?: string
        readonly signer?: string | null
      } = {},
    ): As2Answer {
      const { disposition = 'processed', id = request.messageId, signer = 'theirs' } = said
      const report = [
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'The message was received.',
        '--b',
        'Content-Type: message/disposition-notification',
        '',
        'Reporting-UA: a peer',
        'Original-Recipient: rfc822; ACME',
        'Final-Recipient: rfc822; ACME',
        `Original-Message-ID: ${id}`,
        `Disposition: automatic-action/MDN-sent-automatically; ${disposition}`,
        `Received-Content-MIC: ${said.mic ?? mic}`,
        '',
        '--b--',
        '',
      ].join('\r\n')
      const whole =
        signer === null
          ? Buffer.from(report)
          : openssl.cms(Buffer.from(report), [
              ...['-sign', '-binary', '-md', 'sha256', '-outform', 'SMIME'],
              ...['-signer', `${signer}.crt`, '-inkey', `${signer}.key`],
            ])
      const { fields, content } = readEntity(whole)
      const type = fields.filter(({ name }) => name.toLowerCase() === 'content-type')
      const names = { 'AS2-From': 'ACME', 'AS2-To': 'HUB', 'AS2-Version': '1.2', 'Message-ID': '<r@acme>' }
      return {
        status: 200,
        fields: { ...names, ...Object.fromEntries(type.map(({ name, value }) => [name, value])) },
        body: content,
      }
    }

    /** The signature was over other words. */
    function tampered(one: As2Answer): As2Answer {
      const text = Buffer.from(one.body ?? []).toString('latin1')
      return { ...one, body: Buffer.from(text.replace('was received', 'was rejected'), 'latin1') }
    }

    const wrongMic = `${Buffer.alloc(32, 7).toString('base64')}, sha256`

    const refusal = 'processed/error: decryption-failed'
    /** Receipts that prove nothing, whoever they come from; the last is one that was given for an earlier message. */
    const worthless: readonly ((one: Taken, earlier: As2Answer) => As2Answer)[] = [
      (one) => tampered(receipt(one)),
      (one) => receipt(one, { signer: 'stranger' }),
      (one) => receipt(one, { signer: null }),
      (one) => receipt(one, { signer: null, mic: wrongMic }),
      (one) => receipt(one, { id: '<nobody@hub>' }),
      (one) => tampered(receipt(one, { disposition: refusal })),
      (one) => receipt(one, { signer: 'stranger', disposition: refusal }),
      (_, earlier) => earlier,
    ]

    let count = 0
    async function earlierReceipt(by: As2Exchange): Promise<As2Answer> {
      conduct = (one) => receipt(one)
      const name = `earlier-${++count}`
      const { status } = await sender.send(by, name)
      const last = taken.at(-1)
      if (last === undefined || ![200, 202].includes(status ?? 0)) throw new Error(`no receipt for ${name}: ${status}`)
      return receipt(last)
    }

    for (const { what, protection } of combinations) {
      test(
        `${what}, with the receipt in the answer: only the one that proves it counts, and each attempt is the same message`,
        async () => {
          const by = sender.exchange({ url: `http://127.0.0.1:${server.port}/as2`, ...protection })
          const earlier = await earlierReceipt(by)
          const name = `sync-${++count}.edi`
          const from = taken.length
          for (const [at, make] of worthless.entries()) {
            conduct = (one) => make(one, earlier)
            const unproven = { outcome: 'no_answer', wire: true, code: 'RECEIPT_NOT_VALID' }
            expect(await sender.send(by, name), `try ${at}`).toEqual(unproven)
            expect(await sender.standing(by, name)).toBe(202)
          }
          conduct = (one) => receipt(one)
          expect(await sender.send(by, name)).toMatchObject({ outcome: 'answer', status: 200 })
          const mine = taken.slice(from)
          expect(mine.map(({ content }) => content)).toEqual(mine.map(() => `ISA*${name}~`))
          expect(new Set(mine.map(({ request }) => request.messageId)).size).toBe(1)
          expect(mine.every(({ body }) => body.equals(mine[0]?.body ?? Buffer.alloc(0)))).toBe(true)
        },
        patienceMs,
      )

      test(
        `${what}, with a receipt that comes later: late, twice and contradicted, the first that proves something decides`,
        async () => {
          const more = {
            url: `http://127.0.0.1:${server.port}/as2`,
            receiptUrl: 'http://127.0.0.1:1/as2',
            ...protection,
          }
          const by = sender.exchange(more)
          const earlier = await earlierReceipt(by)
          conduct = () => ({ status: 204 })
          const names = ['taken', 'other', 'refused'].map((kind) => `async-${++count}-${kind}.edi`)
          const [good = '', other = '', refused = ''] = names
          const sent: Taken[] = []
          for (const name of names) {
            expect(await sender.send(by, name)).toMatchObject({ outcome: 'answer', status: 202 })
            sent.push(taken.at(-1) as Taken)
          }
          const [first, second, third] = sent
          if (first === undefined || second === undefined || third === undefined) throw new Error('nothing came')
          const door = { intake: { accept: () => Promise.reject(new Error('a receipt is no document')) } }
          const port = await by.listen(door as never, { host: '127.0.0.1', port: 0 })
          try {
            const unsigned = (): As2Answer => receipt(first, { signer: null, disposition: refusal })
            for (const make of [...worthless, unsigned]) {
              const one = make(first, earlier)
              expect(await sender.give(port, one)).toBe(200)
              expect(await sender.standing(by, good)).toBe(202)
            }
            await sender.pool.query('UPDATE as2_sent SET due = now_ms() - 1 WHERE name = $1', [good])
            for (const [one, name, status] of [
              [receipt(first), good, 200],
              [receipt(first), good, 200],
              [receipt(first, { mic: wrongMic }), good, 200],
              [receipt(first, { disposition: refusal }), good, 200],
              [receipt(second, { mic: wrongMic }), other, 422],
              [receipt(second), other, 422],
              [receipt(third, { disposition: refusal }), refused, 422],
              [receipt(third), refused, 422],
            ] as const) {
              expect(await sender.give(port, one)).toBe(200)
              expect(await sender.standing(by, name)).toBe(status)
            }
          } finally {
            await by.close()
          }
        },
        patienceMs,
      )
    }
  },
)
