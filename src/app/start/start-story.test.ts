import { expect, test } from 'vitest'
import { firstSteps, sentenceOf, watchedText } from './start-story.ts'

test('what the start tells is a sentence', () => {
  expect(sentenceOf({ event: 'hub_ready', url: 'http://127.0.0.1:8080', connections: 6, milliseconds: 1554 })).toBe(
    'The hub is ready at http://127.0.0.1:8080 after 1.6 s; 6 connections.',
  )
  expect(sentenceOf({ event: 'database_ready', milliseconds: 61, migrations: 0 })).toBe(
    'The database is ready after 0.1 s.',
  )
  expect(sentenceOf({ event: 'database_ready', milliseconds: 1113, migrations: 1 })).toContain('1 migration applied')
  expect(sentenceOf({ event: 'first_key', key: 'interline_live_x' })).toContain('interline_live_x')
})

test('the first steps are commands; those of the simulation only where one runs', () => {
  const steps = firstSteps({ isSimulated: true, keyFile: '.interline/admin.key' })
  expect(steps).toContain('interline -- sim fault erp.outage=on ')
  expect(steps).toContain('.interline/admin.key')
  expect(firstSteps({ isSimulated: false, keyFile: 'k' })).not.toContain('sim fault')
  // A second hub on one database, or a key that somebody put elsewhere.
  expect(firstSteps({ isSimulated: false, keyFile: undefined })).not.toContain('first key')
})

test('what to try next stays to be seen however much there is to show', () => {
  const welcome = 'http://127.0.0.1:8080/welcome#secret'
  for (const length of [3, 15, 16, 17, 80]) {
    const overview = Array.from({ length }, (_, row) => `row ${row}`).join('\n')
    const lines = watchedText(overview, { rows: 20, welcome }).split('\n')
    expect(lines.length).toBeLessThanOrEqual(20)
    expect(lines.at(-3)).toBe(`First sign-in: ${welcome}`)
    expect(lines.at(-2)).toContain('npm run -s interline -- --help')
    expect(lines.includes('…')).toBe(length > 16)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
  }
  expect(watchedText('row', { rows: 20, welcome: undefined })).not.toContain('sign-in')
})
