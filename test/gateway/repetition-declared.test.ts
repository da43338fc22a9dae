import { expect, test } from 'vitest'
import { routes } from '../../src/gateway/all.ts'
import { openapi } from '../../src/gateway/contract/openapi.ts'
import { expectNone } from '../expect-none.ts'

interface Said {
  readonly operationId: string
  readonly parameters: readonly { readonly $ref?: string }[]
  readonly 'x-repetition'?: string
}

const document = openapi(routes, { version: '0', url: 'https://hub.example' }) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Said>>>>
}
const operations = Object.values(document.paths).flatMap((methods) => Object.entries(methods))
const writing = operations.filter(([method]) => method !== 'get').map(([, said]) => said)

test('every operation that writes says what becomes of the same request sent twice, in the document too', () => {
  expect(writing.length).toBeGreaterThan(70)
  expectNone(
    writing
      .filter((said) => said['x-repetition'] === undefined)
      .map(({ operationId }) => `${operationId} says nothing of a repetition`),
  )
})

test('what creates something wants an Idempotency-Key', () => {
  const created = routes.filter(({ method, answer }) => method === 'POST' && answer.status === 201)
  // The own view of a name takes the place of the one before; a second factor begins with a password, of which nothing is kept; a certificate
  // that waits or counts already is refused as known.
  const others = ['saveView', 'beginSecondFactor', 'uploadPartnerCertificate']
  expectNone(
    created
      .filter(({ idempotent, operationId }) => idempotent !== true && !others.includes(operationId))
      .map(({ operationId }) => `${operationId} answers 201 and wants no key`),
  )
})

test('nothing that carries a password, a code or a token is kept with a key', () => {
  const keeps = routes.filter(({ idempotent, repeatable }) => idempotent === true || repeatable === 'sets')
  const secret = /^(password|old|new|code|secret|token)$/
  expectNone(
    keeps
      .filter(({ body }) =>
        Object.keys((body as { properties?: object } | undefined)?.properties ?? {}).some((name) => secret.test(name)),
      )
      .map(({ operationId }) => `${operationId} keeps a fingerprint of a secret`),
  )
})
