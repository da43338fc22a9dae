import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Step } from '../../src/backbone/step.ts'
import type { Arrival } from '../../src/flow/intake/arrival.ts'
import type { Intake } from '../../src/flow/intake/intake.ts'
import { type LargeFile, LargeIntake } from '../../src/flow/intake/large-intake.ts'
import { PieceReading } from '../../src/flow/intake/large-reading.ts'
import { advisedMax } from '../../src/model/transmission/advice.ts'
import { bytesOf, group, set, x12 } from '../edi/interchanges.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub

const options = {
  connections: [
    { id: 'meridian', connector: 'edi-partner', settings: { url: 'https://edi.meridian.example', ta1: 'on_error' } },
  ],
  routes: [
    { command: 'acknowledge_interchange', target: 'meridian', tenant: 'main', when: { connection: 'meridian' } },
  ],
  answer: () => ({ outcome: 'answer', wire: true, status: 200, headers: {}, body: new Uint8Array() }) as const,
}

beforeEach(async () => {
  hub = await SmallHub.start(options)
})

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

function statuses(count: number, wrong = -1): string[] {
  return Array.from({ length: count }, (_, at) =>
    set({
      number: `${10_001 + at}`,
      ...(at === wrong ? { segmentsDeclared: '99' } : {}),
      body: [
        `B10*PRO${1000 + at}*BOL${1000 + at}*MRDN`,
        'LX*1',
        'AT7*X3*NS***20260114*0815*LT',
        'MS1*GHENT*OV*BE',
        'AT8*G*L*1240*12',
      ],
    }),
  )
}

const count = 1500
const whole = x12({ groups: [group({ sets: statuses(count) })] })

function file(text: string | Uint8Array): LargeFile {
  const connection = hub.connections.get('meridian')
  if (connection === undefined) throw new Error('there is no connection')
  const bytes = typeof text === 'string' ? bytesOf(text) : text
  return {
    connection,
    name: 'statuses.edi',
    contentType: 'application/edi-x12',
    trace: '4bf92f3577b34da6a3ce929d0e0e4736',
    size: bytes.length,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
    },
  }
}

type Accept = Intake['accept']

/** Takes a file; resolves with what became of it, also where `accept` throws for it. */
async function take(
  text: string | Uint8Array,
  accept: (original: Accept) => Accept = (original) => original,
): Promise<unknown> {
  const intake = { accept: accept((arrival) => hub.node.intake.accept(arrival)) }
  const hash = () => {
    const running = createHash('sha256')
    return { update: (piece: Uint8Array) => void running.update(piece), digest: () => running.digest('hex') }
  }
  let outcome: unknown = 'not over'
  const taken = file(text)
  const work = new LargeIntake(hub.node.place, intake).accept(taken, new PieceReading({ ...taken, hash })).then(
    (code) => {
      outcome = code ?? 'taken'
    },
    (error: unknown) => {
      outcome = error
    },
  )
  for (let turn = 0; turn < 100 && outcome === 'not over'; turn++) await hub.pass(1000)
  await work
  await hub.pass(3000)
  return outcome
}

const answers = (): string[] => hub.sent.map(({ request }) => Buffer.from(request.body ?? []).toString())

/** Shipments that are known, by the number of their set. */
async function shipments(): Promise<number> {
  const facts = hub.backbone.tables.facts.flat()
  return new Set(facts.filter(({ fact }) => fact.type === 'tracking.reported').map(({ fact }) => fact.subject)).size
}

describe('a file that is too large for one message', () => {
  test('comes in parts, all of its sets count once, and it is answered once, when all of it is stored', async () => {
    expect(await take(whole)).toBe('taken')
    expect(await shipments()).toBe(count)
    expect(answers()).toHaveLength(1)
    expect(answers()[0]).toContain(`AK1*QM*41~AK9*A*${count}*${count}*${count}~`)
    const parts = hub.backbone.tables.inbox.flat().filter(({ headers }) => headers['interline-part'] === 'content')
    expect(parts.length).toBeGreaterThan(10)
    for (const { body, lane } of parts) {
      expect(body.length).toBeLessThan(9000)
      expect(lane).toBe('bulk')
    }
  })

  test('is stored with all that it means, some parts in one step, while nobody else sends', async () => {
    const steps: Step[] = []
    const commit = hub.backbone.commit.bind(hub.backbone)
    hub.backbone.commit = (step) => {
      steps.push(step)
      return commit(step)
    }
    await take(whole)
    const ofParts = steps.filter(({ messages = [] }) => messages.some(({ lane }) => lane === 'bulk'))
    expect(ofParts.every(({ inline, facts = [] }) => inline === true && facts.length > 100)).toBe(true)
    expect(ofParts.length).toBeLessThan(20)
  })

  test('that comes to an instance which owns nothing is stored there, and understood by the one that does', async () => {
    const other = await SmallHub.start({ ...options, beside: hub })
    const first = hub
    hub = other
    expect(await take(whole)).toBe('taken')
    hub = first
    await hub.pass(3000)
    expect(await shipments()).toBe(count)
    await other.stop()
  })

  test('has no part under way when the door says that it is closed', async () => {
    const { connection } = file(whole)
    const commit = hub.backbone.commit.bind(hub.backbone)
    hub.backbone.commit = async (step) => {
      await hub.time.sleep(50)
      return commit(step)
    }
    const happened: string[] = []
    const stored = hub.node.intake.accept({
      connection,
      body: bytesOf(x12()),
      contentType: 'application/edi-x12',
      headers: {},
      trace: '4bf92f3577b34da6a3ce929d0e0e4736',
      lane: 'bulk',
      identity: 'part:some:0',
      part: 'content',
    })
    const told = [
      stored.then(() => happened.push('stored')),
      hub.node.intake.close().then(() => happened.push('closed')),
    ]
    await hub.pass(3000)
    await Promise.all(told)
    expect(happened).toEqual(['stored', 'closed'])
    await hub.pass(3000)
  })

  test('means the same as in one message', async () => {
    const other = await SmallHub.start(options)
    await other.receive('meridian', whole)
    await other.pass(3000)
    await take(whole)
    const meaning = (one: SmallHub): unknown[] =>
      one.backbone.tables.facts
        .flat()
        .filter(({ fact }) => fact.type.startsWith('shipment.') || fact.type.startsWith('tracking.'))
        .map(({ fact }) => JSON.stringify([fact.type, fact.data]).replaceAll(/\b[a-z]{3}_[\w-]+/g, 'id'))
        .toSorted()
    expect(meaning(hub)).toEqual(meaning(other))
    await other.stop()
  })

  test('says which sets are refused, keeps them, and processes the others', async () => {
    expect(await take(x12({ groups: [group({ sets: statuses(count, 700) })] }))).toBe('taken')
    expect(await shipments()).toBe(count - 1)
    expect(answers()[0]).toContain(`AK2*214*10701~AK5*R*4~AK9*P*${count}*${count}*${count - 1}~`)
    const refused = hub.backbone.tables.inbox.flat().filter(({ headers }) => headers['interline-part'] === 'refused')
    expect(refused.map(({ body }) => Buffer.from(body).toString())).toEqual([expect.stringContaining('PRO1700')])
  })

  test('with a broken envelope is rejected as a whole, and nothing of it counts', async () => {
    expect(await take(whole.replace(/IEA.*$/, 'IEA*7*000000905~'))).toBe('taken')
    expect(await shipments()).toBe(0)
    expect(answers()).toHaveLength(1)
    expect(answers()[0]).toContain('TA1*000000905*260114*0931*R*021~')
  })

  test('is taken once, wherever the hub dies on the way', async () => {
    const few = x12({ groups: [group({ sets: statuses(150) })] })
    let calls = 0
    await take(few, (original) => (arrival) => {
      calls++
      return original(arrival)
    })
    const once = { shipments: await shipments(), answers: answers().length, calls }
    for (const after of [false, true])
      for (let at = 1; at <= once.calls; at += 2) {
        await hub.stop()
        hub = await SmallHub.start(options)
        let call = 0
        const dying =
          (original: Accept): Accept =>
          async (arrival: Arrival) => {
            if (++call > at || (call === at && !after)) throw new Error('the hub died here')
            const result = await original(arrival)
            if (call === at) throw new Error('the hub died here')
            return result
          }
        await take(few, dying)
        expect(await take(few)).toBe('taken')
        expect(await shipments()).toBe(once.shipments)
        // Where it died after the receipt was stored, the partner hears the same answer twice.
        expect(new Set(answers()).size).toBe(1)
      }
  })

  test('that comes again is answered again, with the same answer, and counts once', async () => {
    await take(whole)
    const facts = hub.backbone.tables.facts.flat().length
    expect(await take(whole)).toBe('taken')
    expect(await shipments()).toBe(count)
    expect(hub.backbone.tables.facts.flat().length - facts).toBeLessThan(10)
    const [first, second, ...more] = answers()
    expect([second, more]).toEqual([first, []])
  })

  test('with the number of an earlier one and other content is refused, answered so, and left to people', async () => {
    await take(whole)
    expect(await take(whole.replaceAll('PRO1000', 'PRO9999'))).toBe('IDENTITY_REUSED')
    expect(await shipments()).toBe(count)
    expect(answers()).toHaveLength(2)
    expect(answers()[1]).toContain('TA1*000000905')
    expect((await hub.backbone.parked({ limit: 10 })).map(({ code }) => code)).toEqual(['IDENTITY_REUSED'])
    const [parked] = await hub.backbone.parked({ limit: 10 })
    await hub.backbone.commit({ unparks: [{ message: parked?.message ?? '', outcome: 'refused' }] })
  })

  test('that is no EDI is refused, and nothing is stored', async () => {
    expect(await take('Dear partner, '.repeat(100_000))).toBe('EDI_INTERCHANGE_MISSING')
    expect(hub.backbone.tables.inbox.flat()).toEqual([])
  })

  test('that cannot be cut is refused before anything of it is stored', async () => {
    expect(await take(Buffer.from(`\ufeff${whole}`, 'utf16le'))).toBe('CONTENT_INVALID')
    expect(hub.backbone.tables.inbox.flat()).toEqual([])
  })

  test('with sets that cannot be understood is answered with an 824 for each of them, however often it comes', async () => {
    await hub.stop()
    const [connection] = options.connections
    const settings = { ...connection?.settings, advice: 'refusals' }
    hub = await SmallHub.start({ ...options, connections: [{ id: 'meridian', connector: 'edi-partner', settings }] })
    const sets = statuses(300)
    // Its status has no date, which the standard does not ask for.
    for (const at of [7, 250])
      sets[at] = set({
        number: `${10_001 + at}`,
        body: [`B10*PRO${1000 + at}*BOL${1000 + at}*MRDN`, 'LX*1', 'AT7*X3*NS'],
      })
    const text = x12({ groups: [group({ sets })] })
    expect(await take(text)).toBe('taken')
    const advices = () => answers().filter((answer) => answer.includes('ST*824*'))
    expect(
      advices().map((advice) => /OTI\*TR\*TN\*\d+\*\*\*\d*\*\d*\*(\d+)\*(\d+)\*(\d+)~/.exec(advice)?.slice(1)),
    ).toEqual([
      ['41', '10008', '214'],
      ['41', '10251', '214'],
    ])
    expect(advices()[0]).toContain('TED*024*At 214 10008.entries[0].statuses[0].at: expected a date')
    expect(answers().filter((answer) => answer.includes('AK9*A*300*300*300~'))).toHaveLength(1)
    const parked = await hub.backbone.parked({ limit: 10 })
    expect(parked.map(({ code }) => code)).toEqual(['EDI_SETS_PARKED', 'EDI_SETS_PARKED'])
    await take(text)
    expect(advices()).toHaveLength(2)
    await hub.backbone.commit({ unparks: parked.map(({ message }) => ({ message, outcome: 'refused' })) })
  })

  test('with one fault in all of its sets is answered for the first of them only, although each is a part of its own', async () => {
    await hub.stop()
    const [connection] = options.connections
    const settings = { ...connection?.settings, advice: 'refusals' }
    hub = await SmallHub.start({ ...options, connections: [{ id: 'meridian', connector: 'edi-partner', settings }] })
    const sets = Array.from({ length: 200 }, (_, at) =>
      set({
        number: `${10_001 + at}`,
        body: [`B10*PRO${at}*BOL${at}*MRDN`, `L11*${'X'.repeat(29)}*BM`, 'LX*1', 'AT7*X3*NS'],
      }),
    )
    const text = x12({ groups: [group({ sets })] })
    expect(await take(text)).toBe('taken')
    const parked = await hub.backbone.parked({ limit: 1000 })
    expect(parked.length).toBeGreaterThan(2)
    const advices = () => answers().filter((answer) => answer.includes('ST*824*'))
    expect(advices()).toHaveLength(advisedMax)
    await take(text)
    expect(advices()).toHaveLength(advisedMax)
    await hub.backbone.commit({ unparks: parked.map(({ message }) => ({ message, outcome: 'refused' })) })
  })

  test('with more errors than an answer can name is refused, and nothing is stored', async () => {
    const sets = Array.from({ length: 11_000 }, (_, at) => set({ number: `${10_001 + at}`, segmentsDeclared: '99' }))
    expect(await take(x12({ groups: [group({ sets: [...sets, set()] })] }))).toBe('EDI_ANSWER_TOO_LARGE')
    expect(hub.backbone.tables.inbox.flat()).toEqual([])
  })
})
