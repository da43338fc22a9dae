import fc from 'fast-check'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { counters } from './counters.ts'
import { createSignals } from './emission.ts'
import { defineGauge } from './gauge.ts'
import { type SignalName, signals } from './signals.ts'

function watched(level = 'debug') {
  const lines: string[] = []
  const registry = new Registry()
  const log = pino({ level, base: null, timestamp: false }, { write: (line: string) => lines.push(line) })
  return { lines, registry, signals: createSignals({ log, registry }) }
}

/** Calls every signal with these values in every field that anybody could think of. */
function emitAll(made: ReturnType<typeof createSignals>, value: string): void {
  for (const name of Object.keys(signals) as SignalName[]) {
    const declared = Object.keys(signals[name].fields)
    const values = Object.fromEntries(
      [...declared, 'body', 'payload', 'name', 'token', 'error'].map((field) => [field, value]),
    )
    const emit: (values: Readonly<Record<string, string>>) => void = made[name]
    emit(values)
  }
}

test('a signal is one line and one count', async () => {
  const { lines, registry, signals } = watched()
  signals.messageParked({ connection: 'dhl', reason: 'MAP_FAILED', message: 'msg_0-7' })
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 40,
      event: 'messageParked',
      connection: 'dhl',
      reason: 'MAP_FAILED',
      message: 'msg_0-7',
      msg: 'A message waits for a person, its parent, or behind another.',
    },
  ])
  expect(await registry.metrics()).toContain('interline_parked_total{connection="dhl",reason="MAP_FAILED"} 1')
})

test('what is below the level is counted and not written', async () => {
  const { lines, registry, signals } = watched('info')
  signals.messageAccepted({ connection: 'dhl', count: 3, bytes: 900 })
  expect(lines).toEqual([])
  const text = await registry.metrics()
  expect(text).toContain('interline_ingest_events_total{connection="dhl",outcome="accepted"} 3')
  expect(text).toContain('interline_ingest_bytes_total{connection="dhl"} 900')
})

test('webhooks and effects are attempts of two kinds, whose sum makes sense', async () => {
  const { registry, signals } = watched()
  signals.attemptEnded({ target: 'erp', command: 'post_goods_issue', outcome: 'applied', effect: 'eff_1' })
  signals.webhookDelivered({ subscription: 'sub_1' })
  signals.webhookFailed({ subscription: 'sub_1', reason: 'TIMEOUT' })
  const metric = await registry.getSingleMetric('interline_delivery_attempts_total')?.get()
  expect(metric?.values.map(({ labels, value }) => ({ ...labels, value }))).toEqual([
    { kind: 'effect', target: 'erp', outcome: 'applied', value: 1 },
    { kind: 'webhook', target: 'sub_1', outcome: 'applied', value: 1 },
    { kind: 'webhook', target: 'sub_1', outcome: 'failed', value: 1 },
  ])
})

describe('what must never be seen', () => {
  test.each([
    'Erika Mustermann',
    'erika@mustermann.example',
    'Musterstraße 12, 80331 München',
    '{"iban":"DE02120300000000202051"}',
    'whsec_Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5',
    'interline_live_y2fuyxj5y2fuyxj5',
    'line\nbreak',
    'a'.repeat(129),
  ])('%j reaches no log line and no metric, in whatever field it comes', async (canary) => {
    const { lines, registry, signals } = watched()
    emitAll(signals, canary)
    expect(lines.length).toBeGreaterThan(20)
    expect(await registry.metrics()).not.toContain(canary)
    // Fields for texts of our own are looked at separately below.
    const others = lines.filter((line) => !/"event":"(?:loopFailed|gapFound|oracleViolated)"/.test(line))
    expect(others.join('')).not.toContain(JSON.stringify(canary).slice(1, -1))
  })

  test('what a parser repeats of a document is masked in the texts of failures', () => {
    const { lines, signals } = watched()
    let failure = ''
    try {
      JSON.parse('Erika Mustermann, Musterstraße 12')
    } catch (error) {
      failure = String(error)
    }
    expect(failure).toContain('Erika')
    signals.loopFailed({ loop: 'advance-0', code: failure })
    signals.loopFailed({ loop: 'advance-0', code: 'error: invalid input syntax for type json: "Erika' })
    expect(lines.join('')).not.toContain('Erika')
    expect(lines.join('')).toContain('is not valid JSON')
  })

  test('no text between quotes survives', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,12}$/), fc.constantFrom('"', "'", '`'), (name, mark) => {
        const { lines, signals } = watched()
        signals.loopFailed({ loop: 'views', code: `unexpected ${mark}${name}${mark} here, and ${mark}${name}` })
        expect(lines.join('')).not.toContain(name)
      }),
    )
  })

  test('names of our own tables stay, because somebody has to mend it', () => {
    const { lines, signals } = watched()
    signals.loopFailed({ loop: 'views', code: 'error: duplicate key value violates unique constraint "effect_pkey"' })
    expect(lines.join('')).toContain('effect_pkey')
  })
})

test('a label that takes more than a thousand values counts the further ones as other', async () => {
  const { registry, signals } = watched('silent')
  for (let i = 0; i < 1003; i++) signals.messageDuplicate({ connection: `c${i}` })
  signals.messageDuplicate({ connection: 'c7' })
  const metric = await registry.getSingleMetric('interline_ingest_events_total')?.get()
  expect(metric?.values).toHaveLength(1001)
  expect(metric?.values.find(({ labels }) => labels['connection'] === 'other')?.value).toBe(3)
  expect(metric?.values.find(({ labels }) => labels['connection'] === 'c7')?.value).toBe(2)
})

test('every label of a counter is given by each signal that counts into it', () => {
  const missing: string[] = []
  for (const [name, signal] of Object.entries(signals)) {
    for (const count of ['metric' in signal ? signal.metric : undefined, 'also' in signal ? signal.also : undefined]) {
      if (count === undefined) continue
      const fixed = 'fixed' in count ? Object.keys(count.fixed) : []
      const from = 'from' in count ? Object.keys(count.from) : []
      const given = new Set([...Object.keys(signal.fields), ...fixed, ...from])
      for (const label of counters[count.name].labels) if (!given.has(label)) missing.push(`${name}: ${label}`)
    }
  }
  expect(missing).toEqual([])
})

test('every counter is counted by some signal, and its name follows the rules', () => {
  const used = new Set(
    Object.values(signals).flatMap((signal) => [
      ...('metric' in signal ? [signal.metric.name as string] : []),
      ...('also' in signal ? [signal.also.name as string] : []),
    ]),
  )
  expect(Object.keys(counters).filter((name) => !used.has(name))).toEqual([])
  expect(Object.keys(counters).filter((name) => !/^interline_[a-z][a-z0-9_]*_total$/.test(name))).toEqual([])
})

describe('gauges', () => {
  test('are asked when somebody scrapes, and forget what is gone', async () => {
    const registry = new Registry()
    let rows = [{ labels: { target: 'erp' }, value: 2 }]
    defineGauge(registry, { name: 'interline_effects_pending', help: 'x', labels: ['target'], read: async () => rows })
    expect(await registry.metrics()).toContain('interline_effects_pending{target="erp"} 2')
    rows = []
    expect(await registry.metrics()).not.toContain('{target="erp"}')
  })

  test('that cannot be read are absent and counted, and the others are answered', async () => {
    const registry = new Registry()
    const away = async (): Promise<never> => {
      throw new Error('the database is away')
    }
    defineGauge(registry, { name: 'interline_unaccounted_messages', help: 'x', read: away })
    defineGauge(registry, { name: 'interline_queue_depth', help: 'x', read: async () => [{ value: 5 }] })
    await registry.metrics()
    const text = await registry.metrics()
    expect(text).not.toMatch(/^interline_unaccounted_messages /m)
    expect(text).toMatch(/^interline_queue_depth 5$/m)
    expect(text).toMatch(/^interline_gauge_failures_total\{gauge="interline_unaccounted_messages"\} [12]$/m)
  })
})

test('what is refused thousands of times fills no log, hides nobody, and is counted to the last', async () => {
  const { lines, registry, signals } = watched()
  for (let n = 0; n < 1000; n++) signals.messageRefused({ connection: 'dhl', code: 'SIGNATURE_INVALID' })
  signals.messageRefused({ connection: 'wms', code: 'SCOPE_MISSING' })
  expect(lines.length).toBeLessThan(100)
  expect(lines.at(-1)).toContain('"wms"')
  expect(await registry.metrics()).toContain('outcome="refused"} 1000')
})
