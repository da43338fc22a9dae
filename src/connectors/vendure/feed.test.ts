import { expect, test } from 'vitest'
import { writeInstant } from '../../base/instant.ts'
import { exampleSettings } from '../kit/golden.ts'
import { playTalk } from '../kit/golden-procedure.ts'
import { feed } from './feed.ts'
import { settings as fields, type VendureSettings } from './settings.ts'

const at = Date.parse('2026-04-02T10:00:00Z')
const settings = { ...exampleSettings(fields), pageOrders: 2, overlapSeconds: 60 } as unknown as VendureSettings

/** What one question was, and what it came to, when the shop answers with orders that changed at these instants. */
function page(changes: readonly (readonly [id: string, updatedAt: string])[], cursor?: string) {
  const items = changes.map(([id, updatedAt]) => ({ id, code: `C${id}`, updatedAt }))
  const json = { data: { globalSettings: { serverConfig: { moneyStrategyPrecision: '2' } }, orders: { items } } }
  const talk = feed.converse({ at, ...(cursor === undefined ? {} : { cursor }) }, settings)
  const { turns, result } = playTalk(talk, [{ status: 200, headers: {}, body: new Uint8Array(0), json }])
  const { variables } = JSON.parse(turns[0]?.ask.body ?? '{}') as {
    variables: { options: { sort: object; filter: { updatedAt: { after: string }; id?: { notIn: string[] } } } }
  }
  if (result === 'broken') throw new Error('one question is a page')
  return { asked: variables.options, result }
}

function cursorOf(of: ReturnType<typeof page>): string {
  if (!('cursor' in of.result)) throw new Error('no page')
  return of.result.cursor
}

const noon = '2026-04-02T09:59:00.000Z'

test('the first time it goes back seven days, oldest change first, and by nothing else', () => {
  const { asked } = page([])
  expect(asked.filter.updatedAt.after).toBe(writeInstant(at - 7 * 24 * 3_600_000 - 1))
  expect(asked.sort).toEqual({ updatedAt: 'ASC' })
})

test('a page that ends among orders of one instant goes on with the others of it', () => {
  const first = page([
    ['1', '2026-04-02T09:00:00.000Z'],
    ['2', noon],
  ])
  expect(first.result).toMatchObject({ more: true })
  const second = page(
    [
      ['3', noon],
      ['4', noon],
    ],
    cursorOf(first),
  )
  expect(second.asked.filter).toMatchObject({ updatedAt: { after: '2026-04-02T09:58:59.999Z' }, id: { notIn: ['2'] } })
  const third = page([['5', noon]], cursorOf(second))
  expect(third.asked.filter.id).toEqual({ notIn: ['2', '3', '4'] })
  expect(third.result).toMatchObject({ more: false })
})

test('the next round begins before the last change, by as long as a transaction may take, also after many pages', () => {
  const first = page([
    ['1', '2026-04-02T09:00:00.000Z'],
    ['2', noon],
  ])
  const last = page([['3', noon]], cursorOf(first))
  const next = page([], cursorOf(last))
  expect(next.asked.filter).toMatchObject({ updatedAt: { after: '2026-04-02T09:57:59.999Z' } })
  expect(next.asked.filter.id).toBeUndefined()
  // A round with nothing in it does not go back further.
  expect(page([], cursorOf(next)).asked.filter.updatedAt.after).toBe('2026-04-02T09:57:59.999Z')
})

test('more orders of one instant than fit into a question stop the feed, which loses none of them', () => {
  const seen = Array.from({ length: 7999 }, (_, index) => String(index))
  const cursor = JSON.stringify({ began: noon, from: noon, seen, latest: noon })
  const { result } = page(
    [
      ['8001', noon],
      ['8002', noon],
    ],
    cursor,
  )
  expect(result).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('same millisecond') })
})

test('an answer that is none leaves the feed where it is', () => {
  const ask = (status: number, json: unknown) =>
    playTalk(feed.converse({ at }, settings), [{ status, headers: {}, body: new Uint8Array(0), json }]).result
  expect(ask(502, undefined)).toMatchObject({ outcome: 'retry' })
  expect(ask(200, { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }], data: null })).toMatchObject({
    outcome: 'refused',
  })
})
