import { describe, expect, test } from 'vitest'
import { InterlineError } from '../../base/errors.ts'
import { choice, seconds, secret, text } from '../../base/fields.ts'
import { coverageProblems, declarationProblems, outcomeProblems } from './conformance.ts'
import { type Connector, defineConnector, type Operation } from './connector.ts'
import { type GoldenOutcome, playGolden, playInbound } from './golden.ts'

const fields = {
  apiKey: secret('Key of the account.'),
  environment: choice('Which system to call.', ['live', 'test'], { default: 'live' }),
  timeoutSeconds: seconds('One request in total.', { default: 30 }),
}
const write: Operation<{ readonly apiKey: string }> = {
  command: 'post_parcel',
  write: true,
  ask: () => ({ method: 'POST', path: '/parcels', body: '{}', contentType: 'application/json' }),
  read: ({ status }) =>
    status === 201 ? { outcome: 'applied' } : { outcome: 'unclear', reason: `Answered ${status}.` },
  idempotency: { strategy: 'upsert-by-external-id' },
}
const good = defineConnector({
  id: 'acme-parcel',
  label: 'ACME Parcel',
  kind: 'carrier',
  about: 'Parcels of an invented carrier.',
  certification: 'golden',
  settings: fields,
  inbound: {
    verify: ({ apiKey }) => ({ scheme: 'token', header: 'x-token', secret: apiKey }),
    identify: () => undefined,
    mapping: 'acme-parcel/1',
    format: 'json',
    translate: () => ({ ignored: 'nothing' }),
  },
  operations: { post: write },
})

function asListed(connector: unknown): Connector {
  return connector as Connector
}

function problems(change: object): string[] {
  return declarationProblems(asListed({ ...good, ...change })).map((problem) => problem.replace(/^[\w.-]+: /, ''))
}

describe('a declaration', () => {
  test('that is complete has no problems', () => {
    expect(problems({})).toEqual([])
  })

  test('is found wanting in each of its parts', () => {
    expect(problems({ id: 'Acme' })).toContain('the id is not kebab-case')
    expect(problems({ about: 'parcels' })).toEqual(['about is not a sentence'])
    expect(problems({ inbound: undefined, operations: {} })).toEqual(['takes nothing in and can be asked nothing'])
    expect(problems({ inbound: { ...good.inbound, mapping: 'acme/1' } })).toEqual([
      'mapping acme/1 is not acme-parcel/<n>',
    ])
  })

  test('is found wanting in its settings', () => {
    const settings = (change: object): string[] => problems({ settings: { ...fields, ...change } })
    expect(settings({ Account: text('Number of the account.') })).toEqual(['setting Account is not camelCase'])
    expect(settings({ account: text('the account') })).toEqual(['setting account is not described in a sentence'])
    expect(settings({ acmeParcelAccount: text('Number of the account.') })).toEqual([
      'setting acmeParcelAccount repeats the name of the connector',
    ])
    expect(settings({ webhookToken: text('Proves deliveries.') })).toEqual([
      'setting webhookToken is not declared as a secret',
    ])
    expect(settings({ environment: { ...fields.environment, default: 'lab' } })).toEqual([
      'the default of setting environment is not acceptable',
    ])
    expect(problems({ settings: { apiKey: fields.apiKey } })).toEqual(['can be asked, but has no timeoutSeconds'])
  })

  test('is found wanting when deliveries are proved by what is no secret', () => {
    const verify = (secretText: string, header: string) => ({
      inbound: { ...good.inbound, verify: () => ({ scheme: 'token', header, secret: secretText }) },
    })
    expect(problems(verify('', 'x-token'))).toEqual(['verifies with what is not a secret setting'])
    expect(problems(verify('live', 'x-token'))).toEqual(['verifies with what is not a secret setting'])
    expect(problems(verify('secret-apiKey', 'X-Token'))).toEqual(['header X-Token is not in lower case'])
  })

  test('is found wanting when a write does not say what a lost answer needs', () => {
    const operation = (change: object): string[] => problems({ operations: { post: { ...write, ...change } } })
    expect(operation({ idempotency: undefined })).toEqual([
      'a write says what a lost answer needs, a question needs nothing',
    ])
    expect(operation({ command: undefined })).toEqual(['a write carries out a command, a question none'])
    expect(operation({ command: 'PostParcel' })).toEqual(['command PostParcel is not verb_noun'])
    expect(operation({ discloses: ['environment'] })).toEqual(['discloses environment, which is no secret setting'])
    expect(
      operation({
        idempotency: { strategy: 'read-back', field: 'id', horizonSeconds: 0, lagSeconds: 0, referenceLength: 8 },
      }),
    ).toEqual([
      'is looked up, but has no readBack',
      'has no horizon: an accepted request takes time to finish',
      'keeps a reference that is too short to be unique',
    ])
  })
})

function tracked(event: object, unknownCodes: readonly object[] = []): GoldenOutcome {
  const data = { events: [{ code: 'unknown', confidence: 'unmapped', raw: { code: 'X' }, ...event }] }
  const about = { entity: 'shipment', references: [{ scheme: 'tracking_number', value: '1' }], unknown: 'create' }
  return { translation: { assertions: [{ type: 'tracking.reported', about, data }], unknownCodes } } as GoldenOutcome
}

describe('an outcome', () => {
  const of = (outcome: GoldenOutcome, connector: Connector = asListed(good)): string[] =>
    outcomeProblems(connector, 'post', outcome).map((problem) => problem.replace(/^[\w.-]+: /, ''))

  test('keeps a code that nobody maps, counts it, and guesses nothing', () => {
    expect(of(tracked({}, [{ table: 't', code: 'X' }]))).toEqual([])
    expect(of(tracked({}))).toEqual(['does not count the unknown code X'])
    expect(of(tracked({ code: 'in_transit' }, [{ table: 't', code: 'X' }]))).toEqual([
      'guesses in_transit for a code that it does not know',
    ])
    expect(of(tracked({ code: 'beamed' }))).toEqual(['beamed is no canonical code'])
  })

  test('says something, or why it does not', () => {
    expect(of({ translation: { ignored: '' } })).toEqual(['ignores without a reason'])
    expect(of({ translation: { assertions: [] } })).toEqual(['says nothing and does not say why'])
  })

  test('holds a secret nowhere but where the operation discloses it', () => {
    const reading = { outcome: 'applied' } as const
    const ask = { method: 'GET', path: '/?key=secret-apiKey' } as const
    expect(of({ ask, reading })).toEqual(['sends the secret apiKey'])
    const disclosing = asListed({ ...good, operations: { post: { ...write, discloses: ['apiKey'] } } })
    expect(of({ ask, reading }, disclosing)).toEqual([])
    expect(of({ ask: { method: 'GET', path: '/' }, reading: { ...reading, data: 'secret-apiKey' } })).toEqual([
      'repeats the secret apiKey',
    ])
    expect(of({ error: { code: 'X', message: 'secret-apiKey' } })).toEqual(['repeats the secret apiKey'])
  })

  test('asks one address, and says what it sends', () => {
    const reading = { outcome: 'applied' } as const
    expect(of({ ask: { method: 'GET' }, reading })).toEqual(['asks neither or both of path and url'])
    expect(of({ ask: { method: 'POST', path: 'x', body: '' }, reading })).toEqual([
      'path x does not start with /',
      'sends a body without saying what it is',
    ])
  })
})

test('golden files cover every door and operation, the bad cases as well, and an unknown code', () => {
  const applied: GoldenOutcome = { ask: { method: 'GET', path: '/' }, reading: { outcome: 'applied' } }
  const refused: GoldenOutcome = { ...applied, reading: { outcome: 'refused', reason: 'No.' } }
  const ignored: GoldenOutcome = { translation: { ignored: 'x' } }
  const unknown = tracked({}, [{ table: 't', code: 'X' }])
  const complete = [
    { operation: 'inbound', outcome: unknown },
    { operation: 'inbound', outcome: ignored },
    { operation: 'post', outcome: applied },
    { operation: 'post', outcome: refused },
  ]
  expect(coverageProblems(asListed(good), complete)).toEqual([])
  expect(coverageProblems(asListed(good), complete.slice(0, 3))).toEqual([
    'acme-parcel: post has 1 good golden files and fewer bad ones',
  ])
  expect(coverageProblems(asListed(good), [])).toEqual([
    'acme-parcel: no golden file of inbound succeeds',
    'acme-parcel: no golden file of post succeeds',
    'acme-parcel: no golden file has a code that nobody maps',
  ])
})

test('a fault of a connector is no outcome: it comes through', () => {
  const failing = (error: Error): Connector =>
    asListed({
      ...good,
      inbound: {
        ...good.inbound,
        translate: () => {
          throw error
        },
      },
    })
  expect(() => playInbound(failing(new TypeError('oops')), new TextEncoder().encode('{}'))).toThrow('oops')
  expect(
    playInbound(failing(new InterlineError('BODY_MALFORMED', { problem: 'x' })), new TextEncoder().encode('{}')),
  ).toEqual({
    error: { code: 'BODY_MALFORMED', message: 'The body cannot be read: x.' },
  })
  expect(() => playGolden(asListed(good), { operation: 'none', name: 'x', format: 'json', text: '{}' })).toThrow(
    'no operation none',
  )
})
