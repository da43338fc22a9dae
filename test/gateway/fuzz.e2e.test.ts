import fc from 'fast-check'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errors } from '../../src/base/errors.ts'
import { type HubAnswer, HubProcess } from '../hub-process.ts'
import { ApiDocument, type OpenapiDocument } from './api-document.ts'
import { askedNetwork } from './asked-network.ts'
import { type FuzzedDocument, type FuzzedRequest, targetsOf } from './fuzz/operations.ts'

/** The same requests in every run; `FUZZ_SEED` and `FUZZ_RUNS` look further. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_401)
const runs = Number(process.env['FUZZ_RUNS'] ?? 12)
/** For all operations. When it is used up, each that is left is asked once: a slow machine sends fewer requests, but none is left out. */
const millisecondsMost = 2000 * runs

let hub: HubProcess
let document: FuzzedDocument
let api: ApiDocument

beforeAll(async () => {
  hub = await HubProcess.start({ network: askedNetwork('http://127.0.0.1:9') })
  const described = (await hub.call('GET', '/openapi.json')).json()
  document = described as FuzzedDocument
  api = new ApiDocument(described as OpenapiDocument)
}, 90_000)
afterAll(() => hub.stop())

/** Codes that an overloaded or stopping hub may answer, or one whose neighbours do not. */
const mayBe5xx = ['IDENTITY_PROVIDER_AWAY', 'PEOPLE_BUSY', 'HUB_BUSY', 'HUB_UNCERTAIN', 'STREAM_FULL']

describe('whatever is asked', () => {
  test(
    'every operation answers as its document says: a problem with a code, never a stack, a secret or a 500',
    async () => {
      const targets = targetsOf(document)
      expect(targets.length).toBeGreaterThan(100)
      const only = process.env['FUZZ_ONLY']?.split(',')
      const wrong: string[] = []
      const unasked: string[] = []
      const until = performance.now() + millisecondsMost
      for (const { operationId, requests } of targets) {
        // Its answer does not end.
        if (operationId === 'followStream' || only?.includes(operationId) === false) continue
        let asked = 0
        const property = fc.asyncProperty(requests, async (one) => {
          asked++
          expect(await judged(one)).toEqual([])
        })
        await fc
          .assert(property, { seed, numRuns: performance.now() < until ? runs : 1, endOnFailure: true })
          .catch((error: unknown) => wrong.push(`${operationId}: ${said(error)}`))
        if (asked === 0) unasked.push(operationId)
      }
      expect(unasked).toEqual([])
      expect(wrong).toEqual([])
    },
    millisecondsMost + 90_000,
  )

  test('and the hub is as well as before', async () => {
    expect((await hub.call('GET', '/readyz')).status).toBe(200)
    expect(hub.log).not.toMatch(/"loop":"gateway"/)
    expect(await hub.counter('interline_unaccounted_messages')).toBe(0)
  })
})

/** What went wrong, and by which request; what is repeated in it is cut. */
function said(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return `${String(cause)} ${String(error)}`.replaceAll(/(.)\1{40,}/g, '$1…').slice(0, 3000)
}

/** What is wrong with the answer to a request. */
async function judged(one: FuzzedRequest): Promise<readonly string[]> {
  const answer = await ask(one)
  const isForm = one.path.startsWith('/oauth/token') || /^\/v1\/sign-in\/[^/]+\/logout/.test(one.path)
  const problems = isForm ? [] : [...api.judge(one.method, one.path, answer)]
  if (answer.status >= 500) {
    const { code } = JSON.parse(answer.text) as { code: string }
    if (!mayBe5xx.includes(code)) problems.push(`${answer.status} ${code}`)
  }
  if (answer.status >= 400 && !isForm) {
    const { code = '', traceId = '' } = JSON.parse(answer.text) as { code?: string; traceId?: string }
    if (!Object.hasOwn(errors, code)) problems.push(`no such code: ${code}`)
    if (!/^[0-9a-f]{32}$/.test(traceId)) problems.push('no trace id')
    const said = withoutEchoes(answer.text, one)
    for (const secret of [hub.key, new URL(hub.databaseUrl).password, 'carrier-secret'])
      if (secret !== '' && said.includes(secret)) problems.push('a secret')
    if (/\bat .+:\d+:\d+|node_modules|\/src\/|\bSELECT\b|\bsyntax error\b|violates|22P0|postgres:/.test(said))
      problems.push(`the inside of the hub: ${said.slice(0, 300)}`)
  }
  return problems
}

/** What the caller said may be said back to them. */
function withoutEchoes(text: string, { body = '', path }: FuzzedRequest): string {
  const said = `${body} ${decodeURIComponent(path)}`
  return (JSON.parse(text) as { detail?: string }).detail === undefined
    ? text
    : text
        .split(' ')
        .filter((word) => word.length < 4 || !said.includes(word))
        .join(' ')
}

async function ask({ method, path, headers, body }: FuzzedRequest): Promise<HubAnswer> {
  const answer = await request(`${hub.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${hub.key}`, ...headers },
    body: body ?? null,
  })
  const text = await answer.body.text()
  return { status: answer.statusCode, headers: answer.headers, text, json: () => JSON.parse(text) as unknown }
}
