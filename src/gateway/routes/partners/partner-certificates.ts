import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { ApiClient } from '../../../registry/clients.ts'
import {
  type CertificateDecision,
  type CertificateUse,
  certificateUses,
  type PartnerCertificate,
} from '../../../registry/partner-certificates.ts'
import { noteOf } from '../../access/audit-note.ts'
import { newId } from '../../access/key.ts'
import { changeCredentials } from '../../oauth/changed-credentials.ts'
import { showsCertificate, withCertificate, withoutCertificate } from '../../portal/client-certificates.ts'
import { type Call, defineRoute } from '../../route.ts'

const uploadsMost = 200
const pendingMost = 10
const clientsMost = 1000
/** A certificate and four who issued it, in base64. */
const charactersMost = 64 * 1024

const use = Type.String({
  enum: [...certificateUses],
  description:
    'signing: your signatures by AS2 · encryption: what we send you by AS2 · both · mtls: what a client of yours shows by TLS.',
})
const shownSchema = Type.Object(
  {
    id: Type.String(),
    use: Type.String(),
    target: Type.String({ description: 'The connection; with mtls the client.' }),
    subject: Type.String(),
    fingerprint: Type.String({ description: 'SHA-256. Read it to each other over another way before you accept.' }),
    validFrom: Type.String(),
    validTo: Type.String(),
    state: Type.String({ description: 'pending, accepted, refused, withdrawn or ended.' }),
    uploadedAt: Type.String(),
    uploadedBy: Type.String(),
    decidedAt: Type.Optional(Type.String()),
    decidedBy: Type.Optional(Type.String()),
    reason: Type.Optional(freeText(Type.String())),
  },
  { title: 'UploadedCertificate' },
)
const answer = { status: 200, schema: shownSchema } as const
const about = { partners: true, tag: 'network' } as const

/** What was uploaded, and for what something may be. */
export const listCertificates = defineRoute({
  ...about,
  method: 'GET',
  path: '/v1/partners/{partner}/certificates',
  scope: 'network:read',
  operationId: 'listPartnerCertificates',
  summary: 'Certificates that a partner has uploaded, the newest first, and for what it may upload some',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(shownSchema, { description: `The newest ${uploadsMost}.` }),
      targets: Type.Array(
        Type.Object({
          target: Type.String(),
          name: Type.String(),
          uses: Type.Array(Type.String()),
          acceptedBy: Type.String({ description: 'operator, or partner: then an upload counts at once.' }),
        }),
      ),
    }),
  },
  handle: async (call) => {
    const { gateway, principal } = call
    const partner = partnerOf(call)
    const [rows, targets] = await Promise.all([
      gateway.certificates.list({ tenant: principal.tenant, partner, limit: uploadsMost }),
      targetsOf(call, partner),
    ])
    return { body: { data: rows.map(shown), targets } }
  },
})

/** Checked before anything of it is kept. */
export const uploadCertificate = defineRoute({
  ...about,
  method: 'POST',
  path: '/v1/partners/{partner}/certificates',
  scope: 'portal:write',
  operationId: 'uploadPartnerCertificate',
  repeatable: 'knows',
  summary: 'Upload the certificate that comes next; a private key is refused and never stored',
  body: Type.Object(
    {
      use,
      target: Type.String({ minLength: 1, maxLength: 200 }),
      content: Type.String({
        minLength: 1,
        maxLength: charactersMost,
        description: 'The file in base64: PEM, DER or P7B, with those who issued it behind it, five at most.',
      }),
    },
    { additionalProperties: false },
  ),
  answer: { status: 201, schema: shownSchema },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const partner = partnerOf(call)
    const wanted = body.use as CertificateUse
    const target = (await targetsOf(call, partner)).find(
      (one) => one.target === body.target && one.uses.includes(wanted),
    )
    if (target === undefined) throw new InterlineError('NOT_FOUND', { what: 'connection or client for this' })
    const read = gateway.network.readCertificate(Buffer.from(body.content, 'base64'), wanted)
    const { tenant } = principal
    const waiting = await gateway.certificates.list({ tenant, partner, limit: uploadsMost })
    if (waiting.filter(({ state }) => state === 'pending').length >= pendingMost)
      throw new InterlineError('CERTIFICATE_INVALID', { problem: `${pendingMost} wait already; withdraw some` })
    const isKnown = gateway.network
      .partners(tenant)
      .some(({ certificates }) =>
        certificates.some(
          (one) => one.connection === body.target && one.fingerprint === read.fingerprint && fits(one.use, wanted),
        ),
      )
    const id = newId('crt', gateway.randomBytes)
    const one = { id, tenant, partner, use: wanted, target: body.target, ...read }
    if (isKnown || !(await gateway.certificates.add(one, noteOf(call, { after: told(one) }))))
      throw new InterlineError('CERTIFICATE_KNOWN', { fingerprint: read.fingerprint })
    if (target.acceptedBy === 'partner') await decide(call, { id, from: 'pending', to: 'accepted', change: 'accept' })
    return { body: shown(await found(call, id)) }
  },
})

/** Before anybody has decided. */
export const withdrawCertificate = defineRoute({
  ...about,
  method: 'DELETE',
  path: '/v1/partners/{partner}/certificates/{id}',
  scope: 'portal:write',
  operationId: 'withdrawPartnerCertificate',
  repeatable: 'sets',
  summary: 'Withdraw a certificate that nobody has decided about',
  answer: { status: 204 },
  handle: async (call) => {
    const { id, partner } = await found(call, call.params['id'])
    if (partner !== partnerOf(call)) throw missing()
    await decide(call, { id, from: 'pending', to: 'withdrawn', change: 'withdraw' })
    return {}
  },
})

const reason = Type.String({ minLength: 3, maxLength: 500, description: 'Why; the partner reads it.' })

/** By an operator, who has compared the fingerprint. */
export const acceptCertificate = defineRoute({
  method: 'POST',
  path: '/v1/certificates/{id}/accept',
  scope: 'network:write',
  operationId: 'acceptCertificate',
  repeatable: 'sets',
  summary: 'Accept a certificate of a partner: it counts beside the old one, on every hub within a second',
  tag: 'network',
  body: Type.Object(
    { fingerprint: Type.String({ maxLength: 200, description: 'Of the one that is meant.' }) },
    { additionalProperties: false },
  ),
  answer,
  handle: async (call) => {
    const one = await found(call, call.params['id'])
    if (plainFingerprint(call.body.fingerprint) !== plainFingerprint(one.fingerprint))
      throw new InterlineError('CERTIFICATE_INVALID', { problem: 'its fingerprint is another one' })
    if (one.validTo <= call.gateway.now()) throw new InterlineError('CERTIFICATE_INVALID', { problem: 'it has ended' })
    // Once more where the hub stopped before the client had it.
    const isAgain = one.use === 'mtls' && one.state === 'accepted'
    const decided = isAgain
      ? one
      : await decide(call, { id: one.id, from: 'pending', to: 'accepted', change: 'accept' })
    if (one.use === 'mtls') {
      const { now } = call.gateway
      if (!(await giveClient(call, one, (client) => withCertificate(client, { ...one, now: now() })))) throw missing()
    }
    return { body: shown(decided) }
  },
})

/** Waiting: it is not taken. Accepted: it counts no more. */
export const refuseCertificate = defineRoute({
  method: 'POST',
  path: '/v1/certificates/{id}/refuse',
  scope: 'network:write',
  operationId: 'refuseCertificate',
  repeatable: 'sets',
  summary: 'Refuse a certificate that waits, or take out one that was accepted',
  tag: 'network',
  body: Type.Object({ reason }, { additionalProperties: false }),
  answer,
  handle: async (call) => {
    const one = await found(call, call.params['id'])
    const isCounting = one.state === 'accepted'
    // First: a certificate that is called ended counts nowhere, whenever the hub stops. A client that is revoked has none to lose.
    if (isCounting && one.use === 'mtls') await giveClient(call, one, (client) => withoutCertificate(client, one.pem))
    const decided = await decide(
      call,
      isCounting
        ? { id: one.id, from: 'accepted', to: 'ended', change: 'end' }
        : { id: one.id, from: 'pending', to: 'refused', change: 'refuse' },
      call.body.reason,
    )
    return { body: shown(decided) }
  },
})

async function decide(
  call: Call,
  decision: Omit<CertificateDecision, 'tenant'>,
  why?: string,
): Promise<PartnerCertificate> {
  const { gateway, principal } = call
  const before = await found(call, decision.id)
  const note = noteOf(call, {
    before: { state: before.state },
    after: told(before),
    ...(why === undefined ? {} : { reason: why }),
  })
  const decided = await gateway.certificates.decide({ ...decision, tenant: principal.tenant }, note)
  if (decided === undefined)
    throw new InterlineError('CERTIFICATE_DECIDED', { state: (await found(call, decision.id)).state })
  return decided
}

/** The client proves itself by other certificates from now on; its tokens go on. False where it is revoked or gone. */
async function giveClient(
  call: Call,
  { target, id, fingerprint }: PartnerCertificate,
  change: (client: ApiClient) => ReturnType<typeof withCertificate>,
): Promise<boolean> {
  const note = noteOf(call, { after: { certificate: id, fingerprint } })
  const next = (client: ApiClient) => ({ credentials: change(client), voidsTokens: false })
  return (await changeCredentials(call, target, next, note)) !== undefined
}

interface Target {
  readonly target: string
  readonly name: string
  readonly uses: readonly string[]
  readonly acceptedBy: string
}

async function targetsOf({ gateway, principal: { tenant } }: Call, partner: string): Promise<readonly Target[]> {
  const clients = await gateway.oauth.clients.list({ tenant, partner, limit: clientsMost })
  return [
    ...gateway.network.certificateTargets(tenant, partner).map(({ connection, acceptedBy }) => ({
      target: connection,
      name: connection,
      acceptedBy,
      uses: ['both', 'signing', 'encryption'],
    })),
    ...clients
      .filter(showsCertificate)
      .map(({ id, name }) => ({ target: id, name, uses: ['mtls'], acceptedBy: 'operator' })),
  ]
}

/** Of the caller, who is a partner or works with all of them. Throws NOT_FOUND. */
function partnerOf({ gateway, principal, params }: Call): string {
  const id = params['partner'] ?? ''
  const isSeen = principal.partner === undefined || principal.partner === id
  if (!isSeen || !gateway.network.partners(principal.tenant).some((one) => one.id === id))
    throw new InterlineError('NOT_FOUND', { what: 'partner with this name' })
  return id
}

async function found({ gateway, principal }: Call, id = ''): Promise<PartnerCertificate> {
  const one = await gateway.certificates.get(id)
  const isSeen = principal.partner === undefined || principal.partner === one?.partner
  if (one?.tenant !== principal.tenant || !isSeen) throw missing()
  return one
}

function missing(): InterlineError {
  return new InterlineError('NOT_FOUND', { what: 'certificate with this id' })
}

/** Whether a certificate that counts for one use is there for another already. */
function fits(known: string, wanted: CertificateUse): boolean {
  return known === wanted || (known === 'signing' && wanted === 'both')
}

function plainFingerprint(text: string): string {
  return text.replaceAll(/[^0-9a-f]/gi, '').toUpperCase()
}

function told({
  partner,
  use: of,
  target,
  subject,
  fingerprint,
  validTo,
}: Omit<PartnerCertificate, 'state' | 'uploadedAt' | 'uploadedBy'>) {
  return { partner, use: of, target, subject, fingerprint, validTo: new Date(validTo).toISOString() }
}

function shown(one: PartnerCertificate) {
  const iso = (ms: number): string => new Date(ms).toISOString()
  return {
    id: one.id,
    use: one.use,
    target: one.target,
    subject: one.subject,
    fingerprint: one.fingerprint,
    validFrom: iso(one.validFrom),
    validTo: iso(one.validTo),
    state: one.state,
    uploadedAt: iso(one.uploadedAt),
    uploadedBy: one.uploadedBy,
    ...(one.decidedAt === undefined ? {} : { decidedAt: iso(one.decidedAt) }),
    ...(one.decidedBy === undefined ? {} : { decidedBy: one.decidedBy }),
    ...(one.reason === undefined ? {} : { reason: one.reason }),
  }
}
