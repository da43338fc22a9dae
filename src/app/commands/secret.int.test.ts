import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

const standing = {
  masterKey: 'mk_1',
  masterKeptBy: 'hub',
  dataKeys: [{ id: 'dk_1', masterKey: 'mk_1', createdAt: '2026-04-01T00:00:00Z', secrets: 7 }],
  unsealed: 2,
}

test('list says which key seals how much, and what an older release left', async () => {
  hub.reply = () => ({ body: standing })
  const { out } = await hub.run(['secret', 'list'])
  for (const part of ['mk_1', 'dk_1', '7', '2 secrets of an older release']) expect(out).toContain(part)
})

test('rotate changes nothing without --yes, and says what it would do', async () => {
  hub.reply = ({ method }) =>
    method === 'GET' ? { body: standing } : { status: 202, body: { job: 'job_1', key: 'data' } }
  expect((await hub.run(['secret', 'rotate', 'data'])).out).toContain('7 secrets')
  expect(hub.asked.map(({ method }) => method)).toEqual(['GET'])
  const { out } = await hub.run(['secret', 'rotate', 'data', '--reason', 'once a year', '--yes'])
  expect(out).toContain('interline job watch job_1')
  expect(hub.json(1)).toEqual({ key: 'data', reason: 'once a year' })
  expect((await hub.run(['secret', 'rotate', 'everything', '--yes'])).code).toBe(2)
})
