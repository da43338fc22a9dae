import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TwoCompanies } from '../gateway/matrix/two-companies.ts'
import { person, plantedHub } from './planted-person.ts'

let hub: TwoCompanies
let messages: readonly string[]
beforeAll(async () => {
  const planted = await plantedHub()
  hub = planted.hub
  messages = planted.messages
}, 120_000)
afterAll(() => hub.stop())

interface Exported {
  readonly person: Readonly<Record<string, readonly string[]>>
  readonly objects: readonly { readonly id: string }[]
  readonly facts: readonly { readonly type: string }[]
  readonly messages: readonly { readonly id: string }[]
  readonly records: readonly { readonly kind: string; readonly record: Readonly<Record<string, unknown>> }[]
  readonly isComplete: boolean
}

async function exported(asked: object): Promise<Exported> {
  const { status, text } = await hub.ask('theirs', 'POST', '/v1/privacy/exports', {
    person: asked,
    reason: 'Request 12',
  })
  expect([status, status === 200 ? '' : text]).toEqual([200, ''])
  expect(text).not.toContain('SO-N')
  expect(text).not.toContain('other@quill.example')
  return JSON.parse(text) as Exported
}

test('whoever is asked for by e-mail is found in every kind of place', async () => {
  const found = await exported({ email: person.email })
  expect(found.person).toMatchObject({ names: [person.name], streets: [person.street], postalCodes: ['89073'] })
  expect(found.isComplete).toBe(true)
  const kinds = new Set(found.records.map(({ kind }) => kind))
  expect(['tracking_follower', 'person', 'exception_claim', 'view_task'].filter((kind) => !kinds.has(kind))).toEqual([])
  expect(new Set(found.objects.map(({ id }) => id.slice(0, 4)))).toEqual(
    new Set(['ord_', 'dlv_', 'shp_', 'tsk_', 'trm_', 'prc_']),
  )
  // The order that was not understood is parked: its bytes are held as well.
  const own = messages.slice(0, 7)
  expect(own.filter((id) => !found.messages.some((one) => one.id === id))).toEqual([])
  expect(JSON.stringify(found)).not.toContain('password')
})

test('the same person is found by phone number, by name and postal code, and by a number of theirs', async () => {
  const byMail = await exported({ email: person.email })
  for (const asked of [
    { phone: '0049 555/0178' },
    { name: 'ottilie  quillfeather', postalCode: '89073' },
    { reference: '1ZPLANTED' },
  ]) {
    const found = await exported(asked)
    expect([asked, found.facts.length, found.messages.length]).toEqual([
      asked,
      byMail.facts.length,
      byMail.messages.length,
    ])
  }
})

test('nobody is found for another company, for whoever is not there, or without the scope', async () => {
  const ask = async (caller: 'ours' | 'theirs' | 'reader', asked: object): Promise<number> =>
    (await hub.ask(caller, 'POST', '/v1/privacy/exports', { person: asked })).status
  expect(await ask('ours', { email: person.email })).toBe(404)
  expect(await ask('theirs', { email: 'nobody@nowhere.example' })).toBe(404)
  expect(await ask('theirs', { reference: 'SO-NOTHING' })).toBe(404)
  expect(await ask('reader', { email: person.email })).toBe(403)
  expect(await ask('theirs', { email: person.email, phone: '12345678' })).toBe(422)
})

test('the audit log says that somebody was asked for, why, and not who', async () => {
  const { text } = await hub.ask('theirs', 'GET', '/v1/audit?kind=subject')
  const [row] = (JSON.parse(text) as { data: readonly Readonly<Record<string, unknown>>[] }).data
  expect(row).toMatchObject({ change: 'export', name: 'by_reference', reason: 'Request 12' })
  for (const planted of Object.values(person)) expect(text).not.toContain(planted)
})
