import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { ShownPartner } from '../../desks/network-desk.ts'
import { defineRoute } from '../../route.ts'

const certificate = Type.Object({
  connection: Type.String(),
  use: Type.String({ description: 'own, signing or encryption.' }),
  subject: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256.' }),
  validFrom: Type.String(),
  validTo: Type.String(),
  isUsed: Type.Boolean({ description: 'Whether it counts now; during a roll-over two do.' }),
})
const partner = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Type.String(),
  contacts: Type.Array(Type.String()),
  notes: freeText(Type.String()),
  carriers: Type.Array(Type.String(), { description: 'Carrier codes that it goes by: it sees such shipments.' }),
  locations: Type.Array(Type.String(), { description: 'Places that it runs: it sees what happens there.' }),
  parties: Type.Array(Type.String(), { description: 'What documents call it as a customer or supplier.' }),
  quietDays: Type.Integer({ description: 'Days of silence after which somebody should ask; 0 never.' }),
  declaredIn: Type.String(),
  connections: Type.Array(
    Type.Object({
      id: Type.String(),
      connector: Type.String(),
      ways: Type.Array(Type.String(), { description: 'How documents travel: http, as2, sftp pick-up, mailbox …' }),
      overlays: Type.Array(Type.String()),
    }),
  ),
  certificates: Type.Array(certificate),
})

export const listPartners = defineRoute({
  method: 'GET',
  path: '/v1/partners',
  scope: 'network:read',
  partners: true,
  operationId: 'listPartners',
  summary: 'Partners, their connections and certificates',
  tag: 'network',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(partner) }) },
  handle: async ({ gateway, principal }) => ({ body: { data: gateway.network.partners(principal.tenant).map(shown) } }),
})

export const readPartner = defineRoute({
  method: 'GET',
  path: '/v1/partners/{partner}',
  scope: 'network:read',
  partners: true,
  operationId: 'readPartner',
  summary: 'One partner',
  tag: 'network',
  answer: { status: 200, schema: partner },
  handle: async ({ gateway, principal, params }) => {
    const found = gateway.network.partners(principal.tenant).find(({ id }) => id === params.partner)
    if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'partner with this name' })
    return { body: shown(found) }
  },
})

/** Looks at everything that is declared of a partner. */
export const testPartner = defineRoute({
  method: 'POST',
  path: '/v1/partners/{partner}/tests',
  scope: 'network:write',
  operationId: 'testPartner',
  summary:
    'Look at everything that is declared of a partner: files, certificates, addresses; nothing is sent or changed',
  tag: 'network',
  repeatable: 'asks',
  answer: {
    status: 200,
    schema: Type.Object({
      passed: Type.Integer(),
      failed: Type.Integer(),
      skipped: Type.Integer(),
      data: Type.Array(
        Type.Object({
          check: Type.String(),
          about: Type.String(),
          result: Type.String({ description: 'passed, failed or skipped.' }),
          detail: Type.String(),
          nextAction: Type.String(),
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal, params }) => {
    const data = await gateway.network.test(principal.tenant, params.partner ?? '')
    if (data === undefined) throw new InterlineError('NOT_FOUND', { what: 'partner with this name' })
    const count = (wanted: string): number => data.filter(({ result }) => result === wanted).length
    return { body: { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), data } }
  },
})

function shown({ certificates, ...rest }: ShownPartner): object {
  const dates = (ms: number): string => new Date(ms).toISOString()
  return {
    ...rest,
    certificates: certificates.map((one) => ({
      ...one,
      validFrom: dates(one.validFrom),
      validTo: dates(one.validTo),
    })),
  }
}
