import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { type Backbone, OutcomeUnknown } from '../backbone.ts'
import { openPostgres, type PostgresHarness, sharedPostgres } from '../contract/postgres.contract.ts'
import { committed, fact, fence, message, messages, owned, effect as posting } from '../contract/rows.contract.ts'
import type { Step } from '../step.ts'
import { transitions } from '../transitions.ts'
import { lookBackStatement } from './look-back.ts'
import { type PostgresBackbone, postgresBackbone } from './postgres.ts'
import { type Proxy, startProxy } from './proxy.contract.ts'

const open = sharedPostgres()
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function behindProxy(
  options: { queryTimeoutMs?: number } = {},
): Promise<{ direct: PostgresHarness; backbone: PostgresBackbone; proxy: Proxy }> {
  const direct = await open()
  const proxy = await startProxy(direct.url)
  closing.push(() => proxy.close())
  const backbone = await postgresBackbone({ url: proxy.url, partitions: 4, hotConnections: 1, ...options })
  closing.push(() => backbone.close())
  return { direct, backbone, proxy }
}

/** False while the partition is locked by somebody else. */
async function committedOnce(backbone: Backbone, step: Step): Promise<boolean> {
  try {
    return (await backbone.commit(step)).outcome === 'committed'
  } catch {
    return false
  }
}

describe('a connection that breaks', () => {
  test('after the step was sent leaves the outcome unknown, and it was committed', async () => {
    const { direct, backbone, proxy } = await behindProxy()
    await committed(backbone, { messages: [message('warm')] })
    proxy.cutNext('after')
    await expect(backbone.commit({ messages: [message('a')] })).rejects.toBeInstanceOf(OutcomeUnknown)
    expect(await direct.backbone.known([message('a')])).toEqual([{ id: 'msg_0-1', sameBody: true }])
    expect((await committed(backbone, { messages: [message('a')] })).messages).toEqual([
      { outcome: 'duplicate', id: 'msg_0-1' },
    ])
  })

  test('before it arrived leaves the outcome just as unknown, and nothing was committed', async () => {
    const { direct, backbone, proxy } = await behindProxy()
    const advance = await owned(backbone, 'advance')
    await committed(backbone, { fences: [fence(advance, 1)] })
    proxy.cutNext('before')
    const step = { fences: [{ ...fence(advance, 1), from: 0, to: 1 }], facts: [fact('msg_0-0.0')] }
    await expect(backbone.commit(step)).rejects.toBeInstanceOf(OutcomeUnknown)
    expect(await direct.backbone.position('advance', 0)).toMatchObject({ offset: 0 })
    expect(await backbone.commit(step)).toMatchObject({ outcome: 'committed' })
  })

  test('fails everything that was under way on it, once each', async () => {
    const { backbone, proxy } = await behindProxy()
    await committed(backbone, { messages: [message('warm')] })
    proxy.cutNext('before')
    const outcomes = await Promise.allSettled(messages(5).map((one) => backbone.commit({ messages: [one] })))
    for (const outcome of outcomes)
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(OutcomeUnknown)
    expect(await backbone.heads()).toMatchObject({ inbox: [0, -1, -1, -1] })
  })

  test('in the middle of a step holds the locks of that step no longer than the step may take', async () => {
    const { direct, backbone, proxy } = await behindProxy({ queryTimeoutMs: 1500 })
    const translate = await owned(backbone, 'translate')
    await committed(backbone, { messages: [message('warm')] })
    proxy.cutNext('torn')
    const body = new Uint8Array(300_000)
    const step = { fences: [fence(translate, 1)], messages: [message('large', { body, lane: 'bulk' })] }
    await expect(backbone.commit(step)).rejects.toBeInstanceOf(OutcomeUnknown)
    // The sender is silent and its kernel is not: only the server's own clock can end this transaction.
    const started = performance.now()
    while (!(await committedOnce(direct.backbone, { fences: [fence(translate, 1)] }))) {
      if (performance.now() - started > 10_000) throw new Error('the partition is locked for ever')
    }
  })

  test('by the will of the server is opened anew by the next call', async () => {
    const direct = await open()
    await committed(direct.backbone, { messages: [message('a')] })
    await direct.run(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    await expect
      .poll(() => direct.backbone.commit({ messages: [message('b')] }).catch(() => undefined))
      .toMatchObject({ outcome: 'committed' })
    await expect.poll(() => direct.backbone.heads().catch(() => undefined)).toMatchObject({ inbox: [1, -1, -1, -1] })
  })
})

test('a step that waits for a lock is given up in time instead of hanging', async () => {
  const { direct, backbone } = await behindProxy({ queryTimeoutMs: 300 })
  await direct.run('BEGIN')
  await direct.run('SELECT FROM inbox_head WHERE part = 0 FOR UPDATE')
  await expect(backbone.commit({ messages: [message('a')] })).rejects.toBeInstanceOf(OutcomeUnknown)
  await direct.run('ROLLBACK')
  expect((await committed(backbone, { messages: [message('b', { partition: 1 })] })).messages).toEqual([
    { outcome: 'accepted', id: 'msg_1-0' },
  ])
})

test('a day without partitions is prepared when the first row of it arrives', async () => {
  const harness = await openPostgres()
  closing.push(() => harness.close())
  const names =
    await harness.run(`SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
    WHERE p.relname IN ('inbox', 'fact', 'fact_origin', 'dedupe')`)
  for (const { relname } of names) await harness.run(`DROP TABLE ${String(relname)}`)
  expect(
    (await committed(harness.backbone, { messages: [message('a')], facts: [fact('msg_0-0.0')] })).factOffsets,
  ).toEqual([0])
  expect(await harness.backbone.readLog(0, -1, 10)).toHaveLength(1)
})

test('offsets go on over midnight, and are read across it', async () => {
  const harness = await open()
  await committed(harness.backbone, { messages: messages(3), facts: [fact('msg_0-0.0')] })
  await harness.run(
    'UPDATE inbox_head SET day = day - 1 WHERE part = 0; UPDATE inbox_day SET day = day - 1 WHERE part = 0; UPDATE inbox SET day = day - 1 WHERE part = 0',
  )
  await harness.run(
    'UPDATE fact_head SET day = day - 1 WHERE part = 0; UPDATE fact_day SET day = day - 1 WHERE part = 0; UPDATE fact SET day = day - 1 WHERE part = 0',
  )
  await committed(harness.backbone, {
    messages: [message('x'), message('y')],
    facts: [fact('msg_0-1.0'), fact('msg_0-1.1')],
  })
  const offsets = async (after: number): Promise<number[]> =>
    (await harness.backbone.readInbox(0, after, 10)).map(({ offset }) => offset)
  expect(await offsets(-1)).toEqual([0, 1, 2, 3, 4])
  expect(await offsets(1)).toEqual([2, 3, 4])
  expect(await offsets(2)).toEqual([3, 4])
  expect((await harness.backbone.readLog(0, -1, 10)).map(({ offset }) => offset)).toEqual([0, 1, 2])
  expect((await harness.backbone.message('msg_0-1'))?.identity).toBe('m1')
  expect((await harness.backbone.message('msg_0-4'))?.identity).toBe('y')
  expect((await harness.backbone.accounting()).unaccounted).toBe(0)
})

test('a database made for another number of partitions is refused', async () => {
  const { url } = await open()
  await expect(postgresBackbone({ url, partitions: 8 })).rejects.toMatchObject({ code: 'DATABASE_PARTITIONS' })
})

test('a database that cannot be reached is unavailable, and nothing was changed', async () => {
  await expect(postgresBackbone({ url: 'postgres://postgres@127.0.0.1:1/none', partitions: 4 })).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
  })
})

test('after closing nothing is accepted', async () => {
  const harness = await openPostgres()
  await harness.close()
  await expect(harness.backbone.commit({ messages: [message('a')] })).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
  })
})

test('any text of a state comes back as it was', async () => {
  const { backbone } = await open()
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('"', '\\', '{', ',', "'", '\n', '\u007f', 'ü', '🚚', '\ufffd'),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        text.map((one) => one.replaceAll('\0', '')),
        { minLength: 1, maxLength: 20 },
      ),
      async (texts) => {
        await committed(backbone, {
          states: texts.map((one, version) => ({ subject: `s${one}`, tenant: one, version, body: one })),
        })
        const stored = await backbone.states(texts.map((one) => `s${one}`))
        expect(texts.map((one) => stored.get(`s${one}`))).toEqual(
          texts.map((body, version) => ({ tenant: body, version, body })),
        )
      },
    ),
    { numRuns: 50 },
  )
})

test('several hubs on one database append without gaps, and keep the order of every lane', async () => {
  const { backbone, url, run } = await open()
  const others = await Promise.all([1, 2].map(() => postgresBackbone({ url, partitions: 4, hotConnections: 3 })))
  closing.push(...others.map((other) => () => other.close()))
  const hubs = [backbone, ...others]
  const results = await Promise.all(
    Array.from({ length: 240 }, (_, index) => {
      const hub = hubs[index % hubs.length] ?? backbone
      if (index % 4 === 0)
        return hub.commit({
          messages: messages(3).map((one) => ({ ...one, identity: `${index % 60}${one.identity}` })),
        })
      if (index % 4 === 1) return hub.commit({ facts: [fact(`msg_0-${index}.0`)] })
      return hub.commit({ effects: [posting(`${index}`, { key: `k${index % 2}` })] })
    }),
  )
  expect(results.filter(({ outcome }) => outcome !== 'committed')).toEqual([])
  expect(await backbone.readInbox(0, -1, 1000)).toHaveLength(45)
  expect(await backbone.readLog(0, -1, 1000)).toHaveLength(60)
  expect(await backbone.accounting()).toMatchObject({ received: 45, duplicates: 135, pending: 45, unaccounted: 0 })
  expect(await run('SELECT next_seq, head_seq FROM lane ORDER BY lane_id')).toEqual([
    { next_seq: '60', head_seq: '0' },
    { next_seq: '60', head_seq: '0' },
  ])
})

test('many that append, post and conclude at once never wait for each other in a circle', async () => {
  const { backbone } = await open()
  const steps = Array.from({ length: 60 }, (_, index) => ({
    messages: [3, 1, 0, 2].map((partition) =>
      message(`${index}-${partition}`, { partition, connection: `c${partition}` }),
    ),
    facts: [2, 0, 3].map((partition) => fact(`msg_0-${index}.${partition}`, { partition })),
    effects: [5, 1, 3].map((key) => posting(`${index}-${key}`, { key: `k${(index + key) % 4}` })),
  }))
  const outcomes = await Promise.all(steps.map((step) => backbone.commit(step)))
  expect(outcomes.every(({ outcome }) => outcome === 'committed')).toBe(true)
  expect(await backbone.heads()).toEqual({ inbox: [59, 59, 59, 59], facts: [59, -1, 59, 59] })
  for (let round = 0; round < 5; round++) {
    const claims = await backbone.ledger.claim({ node: 'n', claimSeconds: 60, limit: 10 })
    await backbone.ledger.intend(
      claims.map(({ lane, claimEpoch, effect }) => ({ lane, claimEpoch, effect: effect.id, reserveMs: 0 })),
    )
    const ends = claims.map(({ lane, claimEpoch, effect }, index) => ({
      lane,
      claimEpoch,
      effect: effect.id,
      from: 'sending' as const,
      to: 'applied' as const,
      fact: fact(`${effect.id}.1`, { partition: index % 4 }),
    }))
    const [, ...done] = await Promise.all([
      backbone.commit({ facts: [fact(`z${round}`)] }),
      ...ends.map((end) => backbone.ledger.conclude([end])),
    ])
    expect(done.flat()).toEqual(claims.map(() => true))
  }
})

test('the database holds the same state graph as the code', async () => {
  const { run, backbone } = await open()
  await committed(backbone, { effects: [posting('1')] })
  const states = Object.keys(transitions)
  for (const [from, allowed] of Object.entries(transitions)) {
    await run('ALTER TABLE effect DISABLE TRIGGER effect_state')
    await run('UPDATE effect SET state = $1', [from])
    await run('ALTER TABLE effect ENABLE TRIGGER effect_state')
    for (const to of states) {
      await run('BEGIN')
      const moved = await run('UPDATE effect SET state = $1', [to]).then(
        () => true,
        () => false,
      )
      await run('ROLLBACK')
      expect(moved, `${from} to ${to}`).toBe(allowed.some((state) => state === to))
    }
  }
  await expect(
    run(
      `INSERT INTO effect SELECT (jsonb_populate_record(e, '{"effect_id":"x","seq":9,"natural_key":"x","external_reference":"x","state":"applied"}')).* FROM effect e`,
    ),
  ).rejects.toThrow('begins as queued')
})

test('looking back goes through the primary key, newest first, and touches no more rows than it gives', async () => {
  const { run } = await open()
  await run(
    `INSERT INTO inbox (part, day, first_off, n, received_from, received_to, bytes)
       SELECT p, current_date, o, 1, 0, 0, '' FROM generate_series(0, 3) p, generate_series(0, 4999) o`,
  )
  await run(`INSERT INTO inbox_day (part, first_off, day) SELECT p, 0, current_date FROM generate_series(0, 3) p`)
  await run('ANALYZE inbox')
  const explain = lookBackStatement.replaceAll(/\$\d/g, (name) => ({ $1: '2', $2: '2500', $3: '50' })[name] ?? '1000')
  const plan = (await run(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) ${explain}`)).map((row) =>
    String(row['QUERY PLAN']),
  )
  expect(plan.filter((line) => /Seq Scan on inbox(_\d|_p|\s|$)/.test(line))).toEqual([])
  const scans = plan.filter((line) => /Index (Only )?Scan Backward using inbox_(?!day)/.test(line))
  const scanned = scans.map((line) => Number(/rows=(\d+)/.exec(line)?.[1] ?? 0))
  expect(scanned.reduce((sum, rows) => sum + rows, 0)).toBe(50)
  expect(plan.filter((line) => line.includes('Rows Removed by Filter'))).toEqual([])
})
