import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { bytesOf, edifact, group, message, set, x12 } from '../edi/interchanges.ts'
import { codesOf, record } from '../edi/recorder.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub
let replies: HttpResult[] = []

const taken: HttpResult = { outcome: 'answer', wire: true, status: 200, headers: {}, body: new Uint8Array() }
const lost: HttpResult = { outcome: 'no_answer', wire: true, code: 'ETIMEDOUT' }

beforeEach(async () => {
  replies = []
  hub = await SmallHub.start({
    connections: [
      { id: 'meridian', connector: 'edi-partner', settings: { url: 'https://edi.meridian.example', ta1: 'always' } },
      { id: 'silent', connector: 'edi-partner', settings: { group: 'none', contrl: 'none', ta1: 'never' } },
      { id: 'folder', connector: 'edi-partner', settings: { ta1: 'never' } },
    ],
    routes: ['meridian', 'silent', 'folder'].map((target) => ({
      command: 'acknowledge_interchange',
      target,
      tenant: 'main',
      when: { connection: target },
    })),
    answer: () => replies.shift() ?? taken,
  })
})

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

const tendered = set({ identifier: '990', body: ['B1*MRDN*LOAD7*20260114*A', 'N9*CN*PRO7781'] })
const good = (number: string, terminator = '~'): string =>
  x12({ number, terminator, groups: [group({ identifier: 'GF', sets: [tendered] })] })

/** What was sent, as text. */
function answers(): string[] {
  return hub.sent.map(({ request }) => Buffer.from(request.body ?? []).toString())
}

async function arrive(connection: string, text: string): Promise<string> {
  const id = await hub.receive(connection, text)
  await hub.pass(2_000)
  return id
}

describe('an interchange that comes in', () => {
  test('is stored, judged and answered with a TA1 and a 997, each in its transaction', async () => {
    const id = await arrive('meridian', good('000000905'))
    const facts = await hub.factsOf(id)
    expect(facts.filter((type) => !type.startsWith('shipment.'))).toEqual([
      'interchange.identified',
      'interchange.reported',
      'interchange.received',
      'partnership.answer_reported',
      'interchange.numbers_reported',
      'interchange.acknowledged',
      'effect.applied',
    ])
    // The carrier took the load: what the set says is done in the same go.
    expect(facts).toContain('shipment.booked')
    const [answer = ''] = answers()
    expect(answer).toContain(
      '*000000001*0*P*>~TA1*000000905*260114*0931*A*000~GS*FA*HARBOR*MERIDIAN*20260412*1320*1*X*004010~',
    )
    expect(answer).toContain('AK1*GF*41~AK2*990*0001~AK5*A~AK9*A*1*1*1~')
    expect(codesOf(record(bytesOf(answer)))).toEqual([])
    expect(hub.sent[0]?.request).toMatchObject({ url: 'https://edi.meridian.example/', method: 'POST' })
  })

  test('takes the next control numbers of its pair of partners, without a gap', async () => {
    for (const number of ['000000905', '000000906', '000000907']) await arrive('meridian', good(number))
    await arrive('meridian', edifact())
    const numbers = answers().map(
      (answer) => /\*(\d{9})\*0\*P\*/.exec(answer)?.[1] ?? /UNZ\+1\+(\d+)/.exec(answer)?.[1],
    )
    expect(numbers).toEqual(['000000001', '000000002', '000000003', '1'])
    expect(answers().map((answer) => /GS\*FA\*HARBOR\*MERIDIAN\*\d+\*\d+\*(\d+)/.exec(answer)?.[1])).toEqual([
      '1',
      '2',
      '3',
      undefined,
    ])
  })

  test('and comes again is not processed again: the stored answer goes out, the same bytes', async () => {
    const first = await arrive('meridian', good('000000905'))
    await arrive('meridian', good('000000906'))
    const again = await arrive('meridian', good('000000905'))
    await arrive('meridian', good('000000905'))
    const sent = answers()
    expect(sent).toHaveLength(4)
    expect(sent[2]).toBe(sent[0])
    expect(sent[3]).toBe(sent[0])
    expect(sent[1]).not.toBe(sent[0])
    // To whoever sent it, it is the message that is known.
    expect(again).toBe(first)
    const types = (await hub.backbone.readLog(0, -1, 1000))
      .concat(await hub.backbone.readLog(1, -1, 1000))
      .map(({ fact }) => fact.type)
    expect(types.filter((type) => type === 'interchange.received')).toHaveLength(2)
    expect(types.filter((type) => type === 'interchange.repeated')).toHaveLength(2)
  })

  test('under a number that other content had is a conflict: TA105 025, and the first stays as it is', async () => {
    await arrive('meridian', good('000000905'))
    await arrive('meridian', x12({ groups: [group({ identifier: 'GF', number: '77', sets: [tendered] })] }))
    const [, conflict = ''] = answers()
    expect(conflict).toContain('TA1*000000905*260114*0931*R*025~IEA*0*000000002~')
    await arrive('meridian', good('000000905'))
    expect(answers()[2]).toBe(answers()[0])
  })

  test('under a number that other content had is parked, and what it says does not count', async () => {
    await arrive('meridian', good('000000905'))
    const other = await arrive('meridian', good('000000905').replace('LOAD7', 'LOAD8'))
    expect((await hub.backbone.parked({ limit: 5 })).map(({ code, message: id }) => [code, id])).toEqual([
      ['IDENTITY_REUSED', expect.stringContaining('msg_')],
    ])
    const types = await hub.factsOf((await hub.backbone.parked({ limit: 1 }))[0]?.message ?? '')
    expect(types).toContain('interchange.conflicted')
    expect(types.filter((type) => type.startsWith('shipment.'))).toEqual([])
    expect(other).not.toBe('')
    // A person decides that it is a load of its own: the partner is not told anything more.
    await hub.backbone.release([(await hub.backbone.parked({ limit: 1 }))[0]?.message ?? ''], 'anna')
    await hub.pass(60_000)
    expect(await hub.backbone.parked({ limit: 5 })).toEqual([])
    expect(answers()).toHaveLength(2)
  })

  test('moves the shipment once, however often it comes', async () => {
    const first = await arrive('meridian', good('000000905'))
    const said = (await hub.factsOf(first)).filter((type) => type.startsWith('shipment.'))
    expect(said).not.toEqual([])
    await arrive('meridian', good('000000905'))
    await arrive('meridian', good('000000905'))
    const all = [0, 1].map((partition) => hub.backbone.readLog(partition, -1, 1_000))
    const shipments = (await Promise.all(all)).flat().filter(({ fact }) => fact.subject.startsWith('shp_'))
    expect(shipments.map(({ fact }) => fact.type).toSorted()).toEqual(said.toSorted())
    expect(answers()).toHaveLength(3)
  })

  test('that waits behind a parked one is answered all the same', async () => {
    const empty = set({ body: ['B10*PRO7781*BOL2209*MRDN', 'L11*PO5566*PO'] })
    await arrive('meridian', x12({ groups: [group({ sets: [empty] })] }))
    await arrive('meridian', x12({ number: '000000906' }))
    const parked = (await hub.backbone.parked({ limit: 5 })).map(({ code }) => code)
    expect(parked).toEqual(['CONTENT_INVALID', 'BEHIND_PARKED'])
    expect(answers()).toHaveLength(2)
    expect(answers().every((answer) => answer.includes('AK9*A*'))).toBe(true)
  })

  test('with a fault is answered with the segment and the element', async () => {
    const faulty = set({ identifier: '990', body: ['B1*MRDN*LOAD7*2026*A', 'ZZ9*X'] })
    const id = await arrive(
      'meridian',
      x12({ groups: [group({ identifier: 'GF', sets: [faulty, tendered.replaceAll('0001', '0002')] })] }),
    )
    const [answer = ''] = answers()
    expect(answer).toContain('AK2*990*0001~AK3*B1*2**8~AK4*3*373*')
    expect(answer).toContain('AK5*R*5~AK2*990*0002~AK5*A~AK9*P*2*2*1~')
    const [{ fact } = never()] = (await hub.backbone.factsOf(id, 10)).filter(
      ({ fact: one }) => one.type === 'interchange.received',
    )
    expect(fact.data).toMatchObject({ sets: 2, setsAccepted: 1, status: 'accepted' })
  })

  test('for nobody here, or a test in production, is rejected', async () => {
    await arrive('meridian', x12({ usage: 'T', groups: [group({ identifier: 'GF', sets: [tendered] })] }))
    expect(answers()[0]).toContain('*R*020~IEA*0*')
  })

  test('that holds only acknowledgements is never answered', async () => {
    const functional = set({ identifier: '997', body: ['AK1*SM*7', 'AK9*A*1*1*1'] })
    await arrive('meridian', x12({ asks: '1', groups: [group({ identifier: 'FA', sets: [functional] })] }))
    await arrive('silent', good('000000905'))
    expect(answers()).toEqual([])
  })

  test('without interchange is parked, and no other waits for it', async () => {
    await arrive('meridian', 'Dear partner, please find attached')
    await arrive('meridian', good('000000905'))
    expect((await hub.backbone.parked({ limit: 5 })).map(({ code }) => code)).toEqual(['EDI_INTERCHANGE_MISSING'])
    expect(answers()).toHaveLength(1)
  })
})

describe('an answer', () => {
  test('whose own answer is lost is sent again, the same bytes, and no number is used for it', async () => {
    replies = [lost]
    await arrive('meridian', good('000000905'))
    await hub.pass(600_000)
    await arrive('meridian', good('000000906'))
    await hub.pass(60_000)
    const sent = answers()
    expect(sent.length).toBeGreaterThan(2)
    expect(new Set(sent.slice(0, -1))).toEqual(new Set([sent[0]]))
    expect(sent.at(-1)).toContain('*000000002*0*P*')
  })

  test('goes into the folder of the partner where no address is known', async () => {
    await arrive('folder', edifact({ messages: [message()] }))
    expect(hub.sent[0]?.request).toMatchObject({ method: 'PUT', url: 'drop:acknowledgement-edifact-000000001.edi' })
    expect(answers()[0]).toContain('UCI+REF77001+5400000000010:14+5400000000027:14+')
  })
})

function never(): never {
  throw new Error('the fact is missing')
}
