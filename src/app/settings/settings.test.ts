import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childEnvironment, variableOf } from '../environment.ts'
import { loadSettings, settingFields } from './settings.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interline-settings-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('settings', () => {
  test('an empty environment gives a hub that runs', () => {
    const { settings, sources } = loadSettings({ HOME: '/home/somebody' })
    expect(settings).toMatchObject({
      databaseUrl: '',
      dataDirectory: '.interline',
      host: '127.0.0.1',
      port: 8080,
      partitions: 8,
    })
    expect(settings.roles).toEqual(['gateway', 'translate', 'advance', 'dispatch'])
    expect(new Set(Object.values(sources))).toEqual(new Set(['default']))
  })

  test('a variable wins over the file, and each value knows where it came from', () => {
    const config = file('hub.json', JSON.stringify({ port: 9000, retentionDays: 30 }))
    const { settings, sources } = loadSettings({
      INTERLINE_CONFIG: config,
      INTERLINE_PORT: '9001',
      INTERLINE_ROLES: 'gateway, dispatch',
    })
    expect(settings).toMatchObject({ port: 9001, retentionDays: 30, roles: ['gateway', 'dispatch'] })
    expect(sources).toMatchObject({ port: 'INTERLINE_PORT', retentionDays: config, host: 'default' })
  })

  test('a secret can come from a file, without the line end', () => {
    const { settings, sources } = loadSettings({ INTERLINE_KEY_FILE: file('key', 'interline_live_abc\n') })
    expect(settings.key).toBe('interline_live_abc')
    expect(sources.key).toBe('INTERLINE_KEY_FILE')
  })

  test('the variable of OpenTelemetry is understood, and the own one wins', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }
    expect(loadSettings(endpoint).settings.otlpEndpoint).toBe('http://collector:4318')
    expect(loadSettings({ ...endpoint, INTERLINE_OTLP_ENDPOINT: 'http://own:1' }).settings.otlpEndpoint).toBe(
      'http://own:1',
    )
  })

  test('plain DATABASE_URL is understood, and the own variable wins', () => {
    expect(loadSettings({ DATABASE_URL: 'postgres://a@h/one' }).settings.databaseUrl).toBe('postgres://a@h/one')
    const both = { DATABASE_URL: 'postgres://a@h/one', INTERLINE_DATABASE_URL: 'postgres://a@h/two' }
    expect(loadSettings(both).settings.databaseUrl).toBe('postgres://a@h/two')
  })

  test('a mistyped variable is refused with the one that was meant', () => {
    expect(() => loadSettings({ INTERLINE_DATBASE_URL: 'x' })).toThrow(
      'INTERLINE_DATBASE_URL: no such setting; did you mean INTERLINE_DATABASE_URL?',
    )
    expect(() => loadSettings({ INTERLINE_XYZ: 'x' })).toThrow(/INTERLINE_XYZ: no such setting$/m)
  })

  test('all problems are told at once', () => {
    const config = file('wrong.json', JSON.stringify({ prot: 1 }))
    const wrong = {
      INTERLINE_CONFIG: config,
      INTERLINE_PORT: '99999',
      INTERLINE_ROLES: 'gateway,janitor',
      INTERLINE_INLINE: 'maybe',
    }
    expect(() => loadSettings(wrong)).toThrow(
      /prot: unknown[^]*inline: expected true or false[^]*port: expected a number[^]*roles: expected one of/,
    )
  })

  test.each([
    [{ INTERLINE_KEY: 'a', INTERLINE_KEY_FILE: 'b' }, 'both set'],
    [{ INTERLINE_KEY_FILE: '/nowhere/key' }, 'cannot read /nowhere/key (ENOENT)'],
    [{ INTERLINE_CONFIG: '/nowhere/hub.json' }, 'cannot read /nowhere/hub.json (ENOENT)'],
    [{ INTERLINE_DATABASE_URL: 'mysql://h/d' }, 'databaseUrl: expected postgres://'],
    [{ INTERLINE_FACT_RETENTION_DAYS: '30' }, 'factRetentionDays: is shorter than retentionDays (90)'],
    [{ INTERLINE_OPERATIONS_PORT: '8080' }, 'operationsPort: is the same as port'],
    [{ INTERLINE_PUBLIC_URL: 'ftp://hub' }, 'publicUrl: expected http or https'],
    [{ INTERLINE_ROLES: '' }, 'roles: at least one'],
    [{ INTERLINE_HOST: '' }, 'host: must not be empty'],
  ])('%j is refused', (environment, problem) => {
    expect(() => loadSettings(environment)).toThrow(problem)
  })

  test('a file that is not an object is refused by name', () => {
    expect(() => loadSettings({ INTERLINE_CONFIG: file('list.json', '[]') })).toThrow('must hold an object')
    expect(() => loadSettings({ INTERLINE_CONFIG: file('half.json', '{') })).toThrow('is not JSON')
  })

  test('no problem repeats a secret', () => {
    expect(() => loadSettings({ INTERLINE_DATABASE_URL: 'hunter2' })).toThrow(/^(?![^]*hunter2)/)
  })

  test('every description is a sentence, and no setting is named like the file of another', () => {
    for (const [name, { description }] of Object.entries(settingFields)) {
      expect(`${name}: ${description}`).toMatch(/^\w+: [A-Z].*[^ ]\.$/)
      expect(name).not.toMatch(/File$/)
    }
    expect(Object.keys(settingFields)).toEqual(Object.keys(settingFields).toSorted((a, b) => a.localeCompare(b)))
    expect(variableOf('watermarkPercent')).toBe('INTERLINE_WATERMARK_PERCENT')
  })

  test('child processes inherit no secret', () => {
    expect(childEnvironment({ PATH: '/bin', INTERLINE_KEY: 'secret', AWS_SECRET: 'secret' })).toEqual({
      PATH: '/bin',
      LC_ALL: 'C',
      TZ: 'UTC',
    })
  })
})
