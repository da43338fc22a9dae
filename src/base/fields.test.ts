import { describe, expect, test } from 'vitest'
import { choice, flag, integer, list, readSettings, seconds, secret, secretList, text, url } from './fields.ts'

const fields = {
  region: choice('Where the account lives.', ['eu', 'us'], { default: 'eu' }),
  carrier: text('Name of the carrier.'),
  endpoint: url('Where it is called.', { default: 'https://carrier.example' }),
  token: secret('Signs the requests.'),
  previous: secretList('Secrets that were valid before.', { default: [] }),
  pageSize: integer('Rows of one page.', { default: 50, min: 1, max: 200 }),
  pause: seconds('Time between two questions.', { default: 60 }),
  enabled: flag('Whether it is asked at all.', { default: true }),
  services: list('Services that are offered.', { default: [] }),
}
const given = { carrier: 'north', token: 't0p-s3cret' }
const problems = (values: Record<string, unknown>): string => {
  try {
    readSettings(fields, values)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

describe('settings', () => {
  test('take their defaults where nothing is said', () => {
    expect(readSettings(fields, given)).toEqual({
      region: 'eu',
      carrier: 'north',
      endpoint: 'https://carrier.example',
      token: 't0p-s3cret',
      previous: [],
      pageSize: 50,
      pause: 60,
      enabled: true,
      services: [],
    })
  })

  test('are read as an environment writes them', () => {
    expect(
      readSettings(fields, { ...given, pageSize: ' 20 ', pause: '5', enabled: 'no', services: 'air, , sea ' }),
    ).toMatchObject({ pageSize: 20, pause: 5, enabled: false, services: ['air', 'sea'] })
  })

  test('lose the slash at the end of a URL, so that a path can follow', () => {
    expect(readSettings(fields, { ...given, endpoint: 'https://c.example/v2/' }).endpoint).toBe('https://c.example/v2')
  })

  test('tell every problem at once, each with what was expected', () => {
    const said = problems({ region: 'asia', pageSize: 0, colour: 'red' })
    expect(said.split('\n')).toHaveLength(5)
    expect(said).toContain('colour: unknown setting')
    expect(said).toContain('region: expected one of eu, us, found "asia"')
    expect(said).toContain('pageSize: expected a number from 1 to 200, found 0')
    expect(said).toContain('carrier: required (Name of the carrier.)')
    expect(said).toContain('token: required')
  })

  test.for([
    ['pageSize', '1.5'],
    ['pageSize', 1.5],
    ['pageSize', '1e2'],
    ['pageSize', 201],
    ['pause', -1],
    ['pause', '99999999999999999999'],
    ['enabled', 'perhaps'],
    ['endpoint', 'carrier'],
    ['services', 7],
    ['services', ['air', 7]],
    ['carrier', null],
  ] as const)('refuse %s = %j', ([name, value]) => {
    expect(problems({ ...given, [name]: value })).toMatch(new RegExp(`^${name}: expected`))
  })

  test('never repeat a secret, not even one that does not fit', () => {
    expect(problems({ ...given, token: 4711_0815 })).toBe('token: not valid')
    expect(problems({ ...given, previous: ['old', 4711_0815] })).toBe('previous: not valid')
    expect([fields.token.secret, fields.previous.secret, fields.carrier.secret]).toEqual([true, true, false])
  })

  test('never repeat a long value in full', () => {
    expect(problems({ ...given, region: 'x'.repeat(5000) }).length).toBeLessThan(200)
  })

  test.for(['constructor', 'toString', '__proto__'])('know no setting named %s', (name) => {
    const values: Record<string, unknown> = Object.fromEntries([...Object.entries(given), [name, 'x']])
    expect(problems(values)).toContain(`${name}: unknown setting`)
  })
})
