import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeAlerts } from './api/alerts.ts'
import { ApiUnderTest } from './api/api-under-test.ts'
import { describeAudit } from './api/audit.ts'
import { describeBusinessDocuments } from './api/business-documents.ts'
import { describeChecks } from './api/checks.ts'
import { describeClients } from './api/clients.ts'
import { describeContracts } from './api/contracts.ts'
import { describeDocuments } from './api/documents.ts'
import { describeEffects } from './api/effects.ts'
import { describeEveryRoute } from './api/every-route.ts'
import { describeExceptions } from './api/exceptions.ts'
import { describeFlow } from './api/flow.ts'
import { describeKeys } from './api/keys.ts'
import { describeLists } from './api/lists.ts'
import { describeMasterData } from './api/master-data.ts'
import { describeMessages } from './api/messages.ts'
import { describeNetwork } from './api/network.ts'
import { describeNotifications } from './api/notifications.ts'
import { describePeople } from './api/people.ts'
import { describePortal } from './api/portal.ts'
import { describePrivacy } from './api/privacy.ts'
import { describeProcesses } from './api/processes.ts'
import { describeSecrets } from './api/secrets.ts'
import { describeShipments } from './api/shipments.ts'
import { describeSlas } from './api/slas.ts'
import { describeStock } from './api/stock.ts'
import { describeSubscriptions } from './api/subscriptions.ts'
import { describeSystem } from './api/system.ts'
import { describeTasks } from './api/tasks.ts'
import { describeTransmissions } from './api/transmissions.ts'
import { expectProblem } from './asked-hub.ts'
import { askedNetwork } from './asked-network.ts'
import { startReceiver } from './receiver.ts'

const hub = new ApiUnderTest()
let erp: Awaited<ReturnType<typeof startReceiver>>

beforeAll(async () => {
  // It refuses everything, so that there are effects that wait for a person; somebody has booked a document by hand.
  const documents = [{ documentNumber: '4900000001', externalReference: 'ILBYHAND' }]
  const stock = [{ sku: 'LAMP', location: 'N-1', quantity: '6', uom: 'EA' }]
  erp = await startReceiver(({ path }) => {
    if (path.endsWith('/stock')) return { status: 200, body: { takenAt: '2026-04-02T00:00:00Z', stock } }
    return path.includes('prefix=IL') ? { status: 200, body: { documents } } : 400
  })
  await hub.start({
    network: askedNetwork(erp.url),
    // People come from many places, or they would all have to wait for each other.
    environment: { INTERLINE_ALLOWED_ORIGINS: 'https://tower.example', INTERLINE_TRUSTED_PROXIES: '127.0.0.1' },
  })
})
afterAll(async () => {
  await hub.asked.hub.stop()
  await erp.stop()
})

describeDocuments(hub)
describeShipments(hub)
describeStock(hub)
describeEffects(hub)
describeMessages(hub)
describeMasterData(hub)
describeSubscriptions(hub)
describeSecrets(hub)
describeSystem(hub)
describeTransmissions(hub)
describeTasks(hub)
describeNotifications(hub)
describeProcesses(hub)
describeBusinessDocuments(hub)
describeChecks(hub)
describeExceptions(hub)
describeSlas(hub)
describeAlerts(hub)
describeKeys(hub)
describeLists(hub)
describeClients(hub)
describePeople(hub)
describePrivacy(hub)
describeNetwork(hub)
describePortal(hub)
describeFlow(hub)
describeAudit(hub)
describeContracts(hub)
describeEveryRoute(hub)

describe('carriers that are asked', () => {
  test('are listed; a question now is not sent while the carrier is in maintenance', async () => {
    expect((await hub.ask('GET', '/v1/polls')).json()).toMatchObject({
      data: [{ connection: 'dhl', everyMinutes: 60 }],
    })
    const poll = (json: object) => hub.ask('POST', '/v1/polls', { json })
    expect((await poll({ connection: 'dhl', trackingNumber: 'JJD1' })).json()).toMatchObject({ outcome: 'failed' })
    await expectProblem(poll({ connection: 'nobody', trackingNumber: 'JJD1' }), 404, 'CONNECTION_UNKNOWN')
  })
})

describe('a webhook at a carrier', () => {
  test('is registered by one effect, whoever asks how often, and not where nobody can be told', async () => {
    const register = (json: object) => hub.ask('POST', '/v1/webhook-registrations', { json })
    const url = 'https://hub.example/v1/inbound/carrier'
    const first = (await register({ connection: 'carrier', url })).json()
    expect(first).toMatchObject({ connection: 'carrier', url, effect: expect.stringMatching(/^eff_/) })
    expect((await register({ connection: 'carrier', url })).json()).toMatchObject({
      effect: (first as { effect: string }).effect,
    })
    await expectProblem(register({ connection: 'carrier' }), 422, 'REQUEST_INVALID')
    await expectProblem(register({ connection: 'carrier', url: 'ftp://hub.example' }), 422, 'REQUEST_INVALID')
    await expectProblem(register({ connection: 'warehouse', url }), 422, 'OPERATION_UNKNOWN')
    await expectProblem(register({ connection: 'nobody', url }), 404, 'CONNECTION_UNKNOWN')
  })
})

describe('the overview', () => {
  test('counts messages, shipments and effects; there are no pick-ups', async () => {
    expect((await hub.ask('GET', '/v1/pick-ups')).json()).toEqual({ data: [] })
    const seen = (await hub.ask('GET', '/v1/overview')).json() as { messages: { received: number }; effects: object[] }
    expect(seen.messages.received).toBeGreaterThan(0)
    expect(seen.effects.length).toBeGreaterThan(0)
  })
})

test('the live stream begins as documented; what comes on it is a scenario of its own', async () => {
  expect((await hub.ask('HEAD', '/v1/stream?topics=shipments')).headers['content-type']).toBe('text/event-stream')
})

test('what is kept how long is told, and nothing is old enough yet', async () => {
  expect((await hub.ask('GET', '/v1/retention')).json()).toMatchObject({
    keepDays: { messages: 90, facts: 1100, effects: 400, replays: 90 },
    oldest: { messages: new Date().toISOString().slice(0, 10) },
    due: { messages: 0, facts: 0, effects: 0 },
    held: [],
  })
})

test('every route has been asked, has answered as documented, and no message was lost on the way', async () => {
  expect((await hub.ask('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
  const elsewhere = [
    // They need a browser and an issuer: test/access/identity-providers.e2e.test.ts.
    ...['beginSignIn', 'finishSignIn', 'showCode'],
    // They need a partner who signs: test/access/partner-certificates.e2e.test.ts.
    ...['acceptCertificate', 'refuseCertificate', 'uploadPartnerCertificate', 'withdrawPartnerCertificate'],
  ]
  const left = hub.asked.api.operations.filter((operation) => !hub.asked.api.succeeded.has(operation))
  expect(left.filter((operation) => !elsewhere.includes(operation))).toEqual([])
})
