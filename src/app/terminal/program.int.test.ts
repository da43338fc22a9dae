import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { problem, recordsIn, StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

describe('the command line', () => {
  test('asks the hub of its data directory with the first key', async () => {
    hub.reply = () => ({ body: { received: 3, applied: 3, unaccounted: 0 } })
    const { code, out } = await hub.run(['accounting'])
    expect(code).toBe(0)
    expect(hub.asked[0]).toMatchObject({
      method: 'GET',
      url: '/v1/accounting',
      headers: { authorization: 'Bearer interline_live_first' },
    })
    expect(out).toMatch(/^received\s+3$/m)
  })

  test('says of a file that it may not or cannot read what the system says, and does not call it a fault of its own', async () => {
    for (const args of [
      ['send', hub.folder, '--as', 'wms'],
      ['edi', 'explain', hub.folder],
      ['file', 'explain', hub.folder, '--schema', 'x.yaml#a/b'],
      ['accounting', '--key-file', hub.folder],
    ]) {
      const { code, error } = await hub.run(args)
      expect({ args, code, error }).toMatchObject({ args, error: expect.not.stringContaining('please report it') })
      expect(code).not.toBe(0)
    }
    expect((await hub.run(['--json', 'send', hub.folder, '--as', 'wms'])).error).toContain('FILE_UNUSABLE')
    expect((await hub.run(['--json', 'send', join(hub.folder, 'none'), '--as', 'wms'])).error).toContain('FILE_MISSING')
  })

  test('goes on without the note of a hub that was left in pieces', async () => {
    hub.reply = () => ({ body: { unaccounted: 0 } })
    hub.write('hub.json', '{"pid": 1, "ur')
    const environment = { INTERLINE_DATA_DIRECTORY: hub.folder, INTERLINE_KEY: 'one', INTERLINE_PORT: `${hub.port}` }
    expect((await hub.run(['accounting'], environment)).code).toBe(0)
    expect(hub.asked).toHaveLength(1)
  })

  test('prefers the key and the hub that it is told', async () => {
    hub.reply = () => ({ body: { unaccounted: 0 } })
    hub.write('other.key', 'from-file\n')
    await hub.run(['accounting', '--url', `${hub.url}/`, '--key-file', join(hub.folder, 'other.key')], {
      INTERLINE_DATA_DIRECTORY: join(hub.folder, 'none'),
    })
    await hub.run(['accounting'], { INTERLINE_KEY: 'from-environment', INTERLINE_HUB_URL: hub.url })
    expect(hub.asked.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer from-file',
      'Bearer from-environment',
    ])
  })

  test('counts the key that was named on the line before the one in the environment', async () => {
    hub.reply = () => ({ body: { unaccounted: 0 } })
    const path = hub.write('named.key', 'from-line\n')
    await hub.run(['accounting', '--key-file', path], { INTERLINE_KEY: 'from-environment' })
    expect(hub.asked[0]?.headers['authorization']).toBe('Bearer from-line')
  })

  test('tells a refusal as the hub explains it, with what to do', async () => {
    hub.reply = () => ({ status: 404, body: { ...problem, errors: [{ pointer: '#/x', detail: 'must be there' }] } })
    const { code, error, out } = await hub.run(['trace', 'nothing'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error).toBe('error: There is no message with this id.\n  #/x must be there\nCheck the id.\ntrace abc123\n')
    expect(JSON.parse((await hub.run(['--json', 'trace', 'nothing'])).error)).toMatchObject({
      error: { code: 'NOT_FOUND', nextAction: 'Check the id.' },
    })
  })

  test.each([
    'checks',
    'client',
    'expectation',
    'job',
    'key',
    'notification',
    'parked',
    'partner',
    'person',
    'process',
    'task',
    'webhook',
  ])('%s list lists, and so does ls', async (command) => {
    hub.reply = () => ({ body: { data: [], page: { next: null } } })
    expect((await hub.run([command, 'list'])).code).toBe(0)
    expect((await hub.run([command, 'ls'])).code).toBe(0)
    expect(hub.asked[0]?.url).toBe(hub.asked[1]?.url)
  })

  test('says that the hub does not answer, and how to start it', async () => {
    const { code, error } = await hub.run(['accounting'], { INTERLINE_HUB_URL: 'http://127.0.0.1:1' })
    expect(code).toBe(1)
    expect(error).toContain('http://127.0.0.1:1 does not answer (ECONNREFUSED)')
    expect(error).toContain('npm start')
  })

  test('takes what is not JSON for what it is', async () => {
    hub.reply = () => ({ status: 502, body: '<html>bad gateway</html>' })
    expect((await hub.run(['accounting'])).error).toContain('HTTP 502')
  })

  test('names a missing key instead of being refused', async () => {
    const { code, error } = await hub.run(['accounting'], { INTERLINE_DATA_DIRECTORY: join(hub.folder, 'none') })
    expect(code).toBe(1)
    expect(error).toContain('admin.key')
  })

  test.each([
    [['nonsense']],
    [['send', 'x.json']],
    [['key', 'create', 'x']],
    [['trace']],
    [['replay', 'm', '--per-second', '0']],
    [['sim', 'fault', 'wrong']],
    [['--url', 'nonsense', 'accounting']],
    [['file', 'explain', 'x.csv']],
  ])('%j is not understood: exit code 2', async (args) => {
    hub.write('data/sandbox.json', JSON.stringify({ port: 1 }))
    expect((await hub.run(args)).code).toBe(2)
    expect(hub.asked).toEqual([])
  })

  test.each([[['master-data']], [['key']], [[]]])(
    '%j names no command: the help is told as an error, exit code 2',
    async (args) => {
      const { code, out, error } = await hub.run(args)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(error).toContain('Usage: interline')
    },
  )

  test.each([
    [['master-data'], 'a command is missing'],
    [['shwo', 'X'], "unknown command 'shwo'"],
    [['list', 'nothing'], 'Allowed choices are orders'],
    [['edi', 'sent', '--status', 'foo'], 'Allowed choices are sent, overdue'],
    [['edi', 'sent', '--response', 'foo'], 'Allowed choices are awaited'],
    [['pause', 'erp'], "required option '--reason <text>' not specified"],
  ])('%j is told to machines as JSON, like every failure', async (args, message) => {
    const { code, out, error } = await hub.run(['--json', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(JSON.parse(error)).toMatchObject({
      error: { code: 'USAGE_INVALID', message: expect.stringContaining(message), nextAction: expect.any(String) },
    })
  })

  test('wrong settings are a matter of usage too', async () => {
    const { code, error } = await hub.run(['accounting'], { INTERLINE_PROT: '1' })
    expect(code).toBe(2)
    expect(error).toContain('did you mean INTERLINE_PORT?')
  })

  test.each([[['--help']], [['--version']], [['help']], [['key', '--help']], [['key', 'help']], [['help', 'key']]])(
    '%j is not a failure, and tells what was asked for',
    async (args) => {
      expect(await hub.run(args)).toMatchObject({ code: 0, error: '', out: expect.stringMatching(/\S/) })
    },
  )

  test('does not let a partner write to the terminal', async () => {
    hub.reply = () => ({
      body: { data: [{ message: 'msg_0-1', detail: '\u001b[2Jgone\nline' }], page: { next: null } },
    })
    const { out } = await hub.run(['parked', 'ls'])
    expect(out).toContain('\\u001b[2Jgone\\u000aline')
  })
})

describe('config', () => {
  test('print shows sources and hides secrets', async () => {
    const { out } = await hub.run(['config', 'print', '--redact', '--json'], {
      INTERLINE_DATABASE_URL: 'postgres://u:hunter2@h/d',
      INTERLINE_PORT: '9',
    })
    const rows = recordsIn(out)
    expect(rows.find(({ name }) => name === 'port')).toEqual({
      name: 'port',
      value: 9,
      source: 'INTERLINE_PORT',
      variable: 'INTERLINE_PORT',
    })
    expect(rows.find(({ name }) => name === 'databaseUrl')).toMatchObject({ value: '(secret)' })
    expect(out).not.toContain('hunter2')
  })

  test('check says what is wrong without starting', async () => {
    expect((await hub.run(['config', 'check'])).code).toBe(0)
    expect((await hub.run(['config', 'check'], { INTERLINE_PORT: 'many' })).code).toBe(2)
  })
})

describe('doctor', () => {
  test('finds a machine that can run a hub', async () => {
    const { code, out } = await hub.run(['doctor', '--json'], { INTERLINE_PORT: '0' })
    const findings = recordsIn(out)
    expect(findings.map(({ check }) => check)).toEqual([
      'node',
      'folder',
      'disk',
      'database',
      'port',
      'clock',
      'retention',
      'as2',
    ])
    expect(findings.filter(({ verdict }) => verdict === 'failed')).toEqual([])
    expect(code).toBe(0)
  })

  test('says what keeps a hub from running, and how to fix it', async () => {
    const environment = {
      INTERLINE_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      INTERLINE_WATERMARK_MEGABYTES: '1000000000',
      INTERLINE_PORT: '0',
    }
    const { code, out } = await hub.run(['doctor'], environment)
    expect(code).toBe(1)
    expect(out).toMatch(/^disk +failed/m)
    expect(out).toMatch(/^database +failed/m)
    expect(out).toContain('database: Check INTERLINE_DATABASE_URL')
  })

  test('tells a port in use by the own hub from one in use by another program', async () => {
    const { port } = hub
    const used = await hub.run(['doctor'], { INTERLINE_PORT: String(port) })
    expect(used.out).toContain('used by the hub running here')
    const other = await hub.run(['doctor'], {
      INTERLINE_PORT: String(port),
      INTERLINE_DATA_DIRECTORY: join(hub.folder, 'empty'),
    })
    expect(other.out).toContain('used by somebody else')
    expect(other.code).toBe(1)
  })
})
