import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import type { HubAnswer } from '../hub-process.ts'
import { ApiDocument, type OpenapiDocument } from './api-document.ts'
import { ContractHub } from './contract/contract-hub.ts'
import { type Drawn, drawnRequests } from './contract/drawn-requests.ts'
import { filledPath, givenBody, realFor, unreached } from './contract/real-things.ts'
import type { FuzzedDocument } from './fuzz/operations.ts'

const text = readFileSync(join(root, 'schemas/openapi.json'), 'utf8')
const operations = drawnRequests(JSON.parse(text) as FuzzedDocument, realFor).toSorted((a, b) => turn(a) - turn(b))
const api = new ApiDocument(JSON.parse(text) as OpenapiDocument)

let hub: ContractHub
beforeAll(async () => {
  hub = await ContractHub.start()
}, 90_000)
afterAll(() => hub.stop())

/** What looks comes first, what ends something last, so that there is something to look at and to end. */
function turn({ method, operationId }: Drawn): number {
  if (operationId === 'createSession') return -1
  if (operationId === 'applyNetwork') return 5
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].indexOf(method)
}

test('the hub serves the document that is asked here', async () => {
  const served = (await hub.ask('GET', '/openapi.json')).json() as Record<string, unknown>
  const { paths, components } = JSON.parse(text) as Record<string, unknown>
  expect(served).toMatchObject({ paths, components })
})

/** Headers that an operation demands: a key of its own for an order, the version that is there for a change. */
async function headersFor({ method, path, operationId }: Drawn, filled: string): Promise<Record<string, string>> {
  const own = path.startsWith('/v1/session') && operationId !== 'createSession' ? hub.page : {}
  const order = { ...own, 'idempotency-key': randomUUID() }
  if (method === 'POST' || method === 'GET') return order
  const { headers } = await hub.ask('GET', filled)
  return { ...order, 'if-match': String(headers['etag'] ?? '"v1"') }
}

/** Answers to everything that was drawn for an operation. */
async function answersOf(one: Drawn): Promise<readonly (readonly [string, HubAnswer])[]> {
  const answers: (readonly [string, HubAnswer])[] = []
  const isStream = one.operationId === 'followStream'
  const send = async (query: string, json: unknown): Promise<void> => {
    const path = `${filledPath(one.operationId, one.path, hub.ids)}${query}`
    const headers = await headersFor(one, path)
    const body = one.isForm ? { form: json as Record<string, string> } : { json }
    answers.push([`${one.method} ${path}`, await hub.ask(one.method, path, { headers, ...body }, isStream)])
  }
  const given = (await hub.body(one.operationId)) ?? givenBody(one.operationId, hub.ids)
  const [least, ...more] = one.bodies
  const [plain = '', ...queries] = one.queries
  if (given !== undefined) await send(plain, given)
  await send(plain, least)
  for (const body of more) await send(plain, body)
  for (const query of queries) await send(query, least)
  return answers
}

describe('every operation of the document, asked with what its schemas allow, answers as they say:', () => {
  test.for(operations)('$operationId', async (one) => {
    const answers = await answersOf(one)
    expect(
      answers.flatMap(([asked, answer]) =>
        api.judge(one.method, asked.split(' ')[1] ?? '', answer).map((wrong) => `${asked}: ${wrong}`),
      ),
    ).toEqual([])
    const faults = answers.filter(([, { status }]) => status === 500)
    const reason = unreached[one.operationId]
    expect(
      faults.map(([asked, { text: said }]) => `${asked}: ${said}`),
      'a fault of the hub',
    ).toEqual([])
    const isReached = answers.some(([, { status }]) => status < 300)
    const heard = answers
      .map(([asked, { status, text: said }]) => `${asked}: ${status} ${said.slice(0, 300)}`)
      .join('\n')
    expect(
      isReached,
      reason === undefined ? `nothing that was drawn is taken:\n${heard}` : `it is reached now: ${reason}`,
    ).toBe(reason === undefined)
  })
})

test('what is not reached is named with its reason, and is little', () => {
  const known = new Set(operations.map(({ operationId }) => operationId))
  expect(operations.length).toBeGreaterThan(190)
  expect(Object.keys(unreached).filter((one) => !known.has(one))).toEqual([])
  expect(Object.keys(unreached).length).toBeLessThanOrEqual(16)
})
