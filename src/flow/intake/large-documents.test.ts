import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { LoneNode } from '../../../test/lone-node.ts'
import type { Message } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import { releaseRound, translateRound } from '../translate/translate.ts'
import type { Meaning, TranslationWishes } from '../translate/translated.ts'
import { OwnThreadReader, type ReadBy } from './document-reader.ts'

/** Reads when it is told to; a document that holds `poison` takes too much, as long as it is poison. */
class HeldReader extends OwnThreadReader {
  isPoison = true
  readonly translated: string[] = []
  #held: PromiseWithResolvers<void> | undefined

  constructor() {
    super({ bytesMost: 400, hash: (body) => createHash('sha256').update(body).digest('hex') })
  }

  hold(): () => void {
    this.#held = Promise.withResolvers<void>()
    return this.#held.resolve
  }

  override async translate(
    connection: ReadBy,
    message: Message,
    wishes: Omit<TranslationWishes, 'reading'>,
  ): Promise<Meaning> {
    await this.#held?.promise
    this.translated.push(message.id)
    if (this.isPoison && new TextDecoder().decode(message.body).includes('poison'))
      return { translation: { failure: new InterlineError('DOCUMENT_TOO_COSTLY', { why: 'more than 384 megabytes' }) } }
    return super.translate(connection, message, wishes)
  }
}

function started(documents?: HeldReader): LoneNode {
  return new LoneNode(documents === undefined ? {} : { documents })
}

function accept({ node }: LoneNode, orderNumber: string, more = ''): Promise<{ readonly outcome: string }> {
  const connection = node.place.ports.connections().get('erp')
  if (connection === undefined) throw new Error('the ERP is connected')
  const event = {
    eventId: `E${orderNumber}`,
    type: 'order.created',
    occurredAt: '2026-03-02T06:00:00Z',
    data: { orderNumber, note: more },
  }
  const body = new TextEncoder().encode(JSON.stringify(event))
  return node.intake.accept({ connection, body, contentType: 'application/json', headers: {}, trace: '0'.repeat(32) })
}

const large = 'x'.repeat(400)

async function translateAll({ node }: LoneNode): Promise<void> {
  const [tenure] = node.place.translate
  if (tenure === undefined) throw new Error('there is one partition')
  while ((await translateRound(node.place, tenure)) || (await releaseRound(node.place, tenure)));
}

const said = ({ store }: LoneNode): unknown =>
  store.tables.facts.flat().map(({ fact: { type, subject, data } }) => [type, subject, data])

describe('a large document', () => {
  test('means what it means when it is read at the door, and comes once', async () => {
    const [reading, own] = [started(new HeldReader()), started()]
    for (const lone of [reading, own]) {
      await lone.node.start()
      expect(await accept(lone, '1', large)).toMatchObject({ outcome: 'accepted' })
      await translateAll(lone)
    }
    expect(await accept(reading, '1', large)).toMatchObject({ outcome: 'duplicate' })
    expect(said(reading)).toEqual(said(own))
    expect(JSON.stringify(said(own))).toContain('order.reported')
  })

  test('keeps nobody from planning while it is read; those behind it follow in their order', async () => {
    const reader = new HeldReader()
    const lone = started(reader)
    await lone.node.start()
    const read = reader.hold()
    await accept(lone, '1', large)
    const translating = translateAll(lone)
    // Planning is one at a time: this would never come while it is being read.
    const done = await lone.node.place.turn.take()
    done()
    await accept(lone, '2')
    expect(said(lone)).toEqual([])
    read()
    await translating
    await translateAll(lone)
    const causes = lone.store.tables.facts.flat().map(({ fact }) => fact.causation)
    expect([...new Set(causes)]).toEqual(['msg_0-0', 'msg_0-1'])
  })

  test('several of them, with small ones between, are each read once', async () => {
    const reader = new HeldReader()
    const lone = started(reader)
    for (const [number, more] of [['1'], ['2', large], ['3', large], ['4'], ['5', large]] as const)
      await accept(lone, number, more)
    await lone.node.start()
    await translateAll(lone)
    expect(reader.translated).toEqual(['msg_0-1', 'msg_0-2', 'msg_0-4'])
    expect(await lone.store.position('translate', 0)).toMatchObject({ offset: 4 })
  })

  test('that takes too much is parked, and others flow; released, it is read once more', async () => {
    const reader = new HeldReader()
    const lone = started(reader)
    await lone.node.start()
    await accept(lone, '1', `poison${large}`)
    await accept(lone, '2')
    await translateAll(lone)
    const parked = await lone.store.parked({ limit: 10 })
    expect(parked.map(({ message, code }) => [message, code])).toEqual([['msg_0-0', 'DOCUMENT_TOO_COSTLY']])
    expect(JSON.stringify(said(lone))).toContain('"orderNumber":"2"')
    reader.isPoison = false
    await lone.store.release(['msg_0-0'], 'somebody')
    lone.node.wake()
    await translateAll(lone)
    expect(await lone.store.parked({ limit: 10 })).toEqual([])
    expect(reader.translated).toEqual(['msg_0-0', 'msg_0-0'])
  })
})
