import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import { commandLine, type Ended } from '../cli/command-line.ts'
import { eventually, LivingNetwork } from './living-network.ts'

let network: LivingNetwork
beforeAll(async () => {
  network = await LivingNetwork.start()
})
afterAll(() => network.stop())

const run = (args: readonly string[], watching = {}): Promise<Ended> =>
  commandLine(args, { INTERLINE_DATA_DIRECTORY: network.directory }, watching)

/** 3 where messages that are parked cannot be translated in a replay either. */
const replayCodes = [0, 3]

/** Every line of the shell blocks of a document, without comments. */
function shellLines(path: string): string[] {
  const blocks = [...readFileSync(join(root, path), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)]
  return blocks.flatMap(([, block = '']) => block.split('\n')).map((line) => line.replace(/\s+#.*$/, '').trim())
}

/** What stands for something of the reader's own. */
async function filledIn(line: string): Promise<string> {
  const { data } = await eventually(
    () => network.get<{ data: readonly { id: string; trackingNumber?: string }[] }>('/v1/shipments?limit=10'),
    (page) => page.data.some(({ trackingNumber }) => trackingNumber !== undefined),
  )
  const known = data.find(({ trackingNumber }) => trackingNumber !== undefined)
  const now = new Date().toISOString()
  return line
    .replace('ORDER-NUMBER', await orderNumber(line))
    .replace('ORDER-OR-TRACKING-NUMBER', known?.trackingNumber ?? '')
    .replace('CONNECTION', 'wms')
    .replace('SHIPMENT-ID', known?.id ?? '')
    .replace('INSTANT', now)
    .replace('INSTANT', now)
    .replace('$KEY', network.key)
    .replace('http://127.0.0.1:8080', network.url)
}

/** Asked for only where a line needs it. */
async function orderNumber(line: string): Promise<string> {
  if (!line.includes(' ORDER-NUMBER')) return ''
  const { data } = await eventually(
    () => network.get<{ data: readonly { number: string }[] }>('/v1/orders?limit=10'),
    (page) => page.data.length > 0,
  )
  return data[0]?.number ?? ''
}

async function fetched(line: string): Promise<{ status: number; body: unknown }> {
  const [, name = '', value = ''] = /-H "([^:"]+): ([^"]+)"/.exec(line) ?? []
  const url = /(https?:\/\/[^\s"]+)/.exec(line)?.[1] ?? ''
  const { statusCode, body } = await request(url, { headers: { [name]: value } })
  // A stream goes on until the reader has had enough.
  if (line.startsWith('curl -N ')) {
    body.on('error', () => {}).destroy()
    return { status: statusCode, body: undefined }
  }
  return { status: statusCode, body: await body.json() }
}

test('the first five minutes of the README are as they are written', { timeout: 180_000 }, async () => {
  const lines = shellLines('README.md')
  const commands = lines.filter((line) => line.startsWith('interline '))
  const requests = lines.filter((line) => line.startsWith('curl '))
  expect(commands.length).toBeGreaterThan(6)
  expect(requests.length).toBeGreaterThan(1)
  for (const line of lines) {
    if (line.startsWith('interline ')) {
      // A screen that goes on until somebody ends it is looked at once.
      const filled = (await filledIn(line)).replace(' --watch', '')
      const ended = await run(filled.split(/\s+/).slice(1))
      expect(filled.includes(' replay ') ? replayCodes : [0], filled).toContain(ended.code)
      expect(ended.error, filled).toBe('')
      expect(ended.out.trim(), filled).not.toBe('')
    } else if (line.startsWith('curl ')) {
      const filled = await filledIn(line)
      expect(await fetched(filled), filled).toMatchObject({ status: 200 })
    } else
      expect(line, 'a line that no test executes').toMatch(
        /^(npm (start|test)|alias interline=.*|git clone .*|cd \w+|export KEY=.*|)$/,
      )
  }
  // A day that is started beside the one that runs already has numbers of its own.
  const { data } = await network.get<{ data: readonly unknown[] }>('/v1/parked?code=IDENTITY_REUSED')
  expect(data).toEqual([])
})

test.each(['simulated-network', 'http', 'operate'])('the guide %s is as it is written', async (guide) => {
  const lines = shellLines(`docs/guides/${guide}.md`)
  // Another hub cannot start in the folder of this one.
  const commands = lines.filter((line) => /^interline (?!start)/.test(line))
  const requests = lines.filter((line) => line.startsWith('curl '))
  expect(commands.length + requests.length).toBeGreaterThan(0)
  for (const line of commands) expect(await run(line.split(/\s+/).slice(1)), line).toMatchObject({ code: 0 })
  for (const line of requests) expect(await fetched(await filledIn(line)), line).toMatchObject({ status: 200 })
})

test('every command speaks JSON, one document per line', { timeout: 60_000 }, async () => {
  const { data } = await network.get<{ data: readonly { id: string }[] }>('/v1/shipments?limit=1')
  const reference = data[0]?.id ?? ''
  const commands = [
    ['accounting'],
    ['trace', reference],
    ['parked'],
    ['parked', 'ls', '--state', 'parked'],
    ['parked', 'release', '--code', 'NONE', '--reason', 'for the test'],
    ['replay', '--connection', 'wms'],
    ['key', 'create', 'reader', '--scope', 'shipments:read'],
    ['key', 'ls'],
    ['config', 'check'],
    ['config', 'print'],
    ['doctor'],
    ['overview'],
    ['sim', 'status'],
    ['sim', 'fault', 'erp.outage=off'],
  ]
  for (const args of commands) {
    const { code, out, error } = await run([...args, '--json'])
    expect({ args, error }).toEqual({ args, error: '' })
    expect(args[0] === 'replay' ? replayCodes : [0], args.join(' ')).toContain(code)
    for (const line of out
      .trim()
      .split('\n')
      .filter((one) => one !== ''))
      expect(() => JSON.parse(line) as unknown, `${args.join(' ')}: ${line}`).not.toThrow()
  }
  const { code, error } = await run(['trace', 'nothing-of-that-name', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(error)).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

test('a replay shows how far it is, and what it would do', { timeout: 60_000 }, async () => {
  const { code, out, error } = await run(['replay', '--connection', 'wms'], { isWatched: true })
  expect(replayCodes).toContain(code)
  expect(error).toContain('░')
  expect(out).toContain('(dry run)')
  expect(out).toMatch(
    /^status +done\ntotal +\d+\ndone +[1-9]\d*\nfailed +\d+\nskipped +\d+\nmissing +0\nnewFacts +\d+\nnewEffects +0\n/m,
  )
  expect(out).toContain('Nothing was changed; 0 new effects would leave.')
})

test('a trace is a tree from message to fact to effect', { timeout: 180_000 }, async () => {
  await network.simulate('fault', { faults: { 'erp.outage': 'off', 'erp.lostReply': 'off' } })
  await network.simulate('start', { scenario: 'quiet-day', seed: 5, speed: 6000 })
  const { data } = await eventually(
    () =>
      network.get<{ data: readonly { correlation: string; state: string }[] }>(
        '/v1/effects?command=post_goods_issue&limit=50',
      ),
    (page) => page.data.some(({ state }) => state === 'applied'),
  )
  const applied = data.find(({ state }) => state === 'applied')
  const { out } = await run(['trace', applied?.correlation ?? ''])
  expect(out).toMatch(/^[├└]─ msg_\d+-\d+ {2}\w+ {2}\d{4}-/m)
  expect(out).toMatch(/^[│ ] {2}[├└]─ delivery\.\w+ {2}\d{4}-/m)
  expect(out).toMatch(/^[│ ] {2}[│ ] {2}[├└]─ post_goods_issue → erp: applied \w+/m)
})
