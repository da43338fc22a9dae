import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { followersMost, TrackingFollowers } from './tracking-followers.ts'

let pool: pg.Pool
let followers: TrackingFollowers

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  followers = new TrackingFollowers({ query: async (text, values) => pool.query(text, [...values]) })
})
afterAll(() => pool.end())

const wish = (id: string, email: string) => ({
  ...{ id, token: `token of ${id}`, tenant: 'main', shipment: 'shp_1', email, language: 'en', told: '' },
})

test('who asks again before they have agreed is asked again, under the same name, and nobody is after that', async () => {
  expect(await followers.add(wish('fol_1', 'Ada@example.com'))).toMatchObject({ id: 'fol_1', isConfirmed: false })
  expect(await followers.add(wish('fol_2', 'ada@example.com'))).toMatchObject({ id: 'fol_1', token: 'token of fol_1' })
  await followers.confirm('token of fol_1', '')
  expect(await followers.add(wish('fol_3', 'ada@example.com'))).toBeUndefined()
})

test('no more than a few follow one shipment', async () => {
  for (let at = 1; at < followersMost; at++)
    expect(await followers.add(wish(`fol_more${at}`, `${at}@example.com`))).toBeDefined()
  expect(await followers.add(wish('fol_last', 'last@example.com'))).toBeUndefined()
})
