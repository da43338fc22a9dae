import { bodies as known, paths } from '../matrix/requests.ts'
import type { Real } from './valid-value.ts'

/** Values by the name of whatever asks for them; an operation's own come first. */
const everywhere: Readonly<Record<string, readonly unknown[]>> = {
  address: ['someone@company.example'],
  asOf: ['2026-06-01T00:00:00Z'],
  carrier: ['ups'],
  channel: ['main-erp'],
  check: ['stale-feeds'],
  condition: ['state == "red"'],
  connection: ['main-erp'],
  email: ['contract@company.example'],
  content: ['e30='],
  label: ['partner=main'],
  list: ['/shipments'],
  method: ['client_secret_basic'],
  path: ['harbor/partner.yaml'],
  reason: ['because of the contract'],
  reference: ['SO-VERMILION'],
  roles: [['viewer']],
  scopes: [['shipments:read']],
  sku: ['SKU-VERMILION'],
  skus: [['SKU-VERMILION']],
  target: ['main-erp'],
  topics: ['shipments'],
  trackingNumber: ['1ZVERMILION'],
  uom: ['EA'],
  url: ['https://vermilion.example/contract'],
}

/** What an operation's own members mean. */
const own: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  createPoll: { connection: ['main-dhl'] },
  listMessages: { connection: ['main-wms'] },
  listTransmissions: { connection: ['main-partner'] },
}

/** Operations for which a body must fit the state of things, or to itself: as the matrix of tenants sends it. */
export function givenBody(operationId: string, ids: ReadonlyMap<string, string>): unknown {
  if (operationId === 'createReservation') return { sku: 'SKU-VERMILION', quantity: '1', uom: 'EA', kind: 'soft' }
  return known[operationId]?.(ids)
}

/** What there is for the members and parameters of an operation. */
export function realFor(operationId: string): Real {
  return (name) => own[operationId]?.[name] ?? everywhere[name]
}

/** The path of an operation with things in it that there are. */
export function filledPath(operationId: string, path: string, ids: ReadonlyMap<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
    const thing = operationId === 'readProblem' ? 'not-found' : (paths[operationId]?.[parameter] ?? '')
    const value = ids.get(`${operationId} ${thing}`) ?? ids.get(thing) ?? thing.replace(/^=/, '')
    return encodeURIComponent(value)
  })
}

/** Operations that nothing asked here reaches, and why. Each is asked all the same, and what it answers is judged. */
export const unreached: Readonly<Record<string, string>> = {
  acceptCertificate: 'no partner here has sent a certificate',
  previewErasure: 'nobody of this data is a person',
  uploadPartnerCertificate: 'no partner here signs what it sends',
  withdrawPartnerCertificate: 'no partner here has sent a certificate',
  beginSignIn: 'needs an identity provider: test/access/identity-providers.e2e.test.ts',
  finishSignIn: 'needs an identity provider: test/access/identity-providers.e2e.test.ts',
  showCode: 'needs a code of an app that was set up: test/access/identity-providers.e2e.test.ts',
  endByProvider: 'needs an identity provider: test/access/identity-providers.e2e.test.ts',
  issueToken: 'needs the proof of a client, as OAuth 2 prescribes it: test/access',
  cancelJob: 'the only job is over before anybody can ask',
  pauseJob: 'the only job is over before anybody can ask',
  resumeJob: 'the only job is over before anybody can ask',
  createReconciliation: 'the other system is nowhere, and answers 502',
  createWebhookRegistration: 'no connection here can be told an address',
  exportPerson: 'nobody of this data is a person',
  removeSuppression: 'nobody here is kept from being told',
}
