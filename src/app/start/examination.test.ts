import { expect, test } from 'vitest'
import { rejectsImplicitly } from '../../transports/as2/self-test.ts'
import { loadSettings } from '../settings/settings.ts'
import { as2, retention, roomOf } from './examination.ts'

test('this machine may receive by AS2; where OpenSSL is too old, the examination says why and what to do', () => {
  expect(as2(rejectsImplicitly(), process.versions.openssl)).toMatchObject({ verdict: 'ok' })
  expect(as2(false, '3.0.0')).toMatchObject({ verdict: 'warning', fix: expect.stringContaining('3.2') })
})

test('says how long everything is kept, and warns of what grows for ever', () => {
  expect(retention(loadSettings({}).settings)).toEqual({
    check: 'retention',
    verdict: 'ok',
    found: 'messages 90 days, facts 1100 days, postings 400 days',
  })
  expect(retention(loadSettings({ INTERLINE_FACT_RETENTION_DAYS: '0' }).settings)).toMatchObject({
    verdict: 'warning',
    found: expect.stringContaining('facts for ever'),
  })
})

test('says in MiB how much room is left where it is less than one GiB', () => {
  const mebibyte = 1024 ** 2
  expect([0, 700.9 * mebibyte, 1024 * mebibyte, 2047 * mebibyte].map(roomOf)).toEqual([
    '0 MiB',
    '700 MiB',
    '1 GiB',
    '1 GiB',
  ])
})
