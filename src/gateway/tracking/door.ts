import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { newId } from '../access/key.ts'
import { hashKey } from '../access/principal.ts'
import type { Gateway } from '../gateway.ts'
import { answer, formOf, settingOf, strictHeaders, type Visit } from './answer.ts'
import { attempt, visitorOf } from './attempts.ts'
import type { Brand } from './brand.ts'
import { confirmFollowing, showFollowing, startFollowing } from './following.ts'
import { lookUpPage, missingPage, wordsOf } from './frame.ts'
import { countedNumber, lookUp } from './look-up.ts'
import { parcelOf } from './parcel.ts'
import { parcelPage } from './parcel-page.ts'
import { storyOf } from './story.ts'

/** A look-up is answered no sooner, whether it leads anywhere or not: nobody learns from the time. */
const lookUpMs = 400
/** Whoever looked a parcel up may come back for a day. */
const lookUpSeconds = 86_400
const formBytes = 4096

/** The pages that recipients see, without signing in: server-written, without a script. */
export function openTrackingDoor(app: FastifyInstance, gateway: Gateway): void {
  const form = { bodyLimit: formBytes }
  app.get('/track', (request, reply) => showLookUp(gateway, { request, reply }))
  app.post('/track', form, (request, reply) => takeLookUp(gateway, { request, reply }))
  app.get('/track/logo/:shop', (request, reply) => showLogo(gateway, { request, reply }))
  app.get('/track/follow/:token', (request, reply) => guarded(gateway, { request, reply }, showFollowing))
  app.post('/track/follow/:token', form, (request, reply) => guarded(gateway, { request, reply }, confirmFollowing))
  app.get('/track/:token', (request, reply) => guarded(gateway, { request, reply }, showParcel))
  app.post('/track/:token', form, (request, reply) => guarded(gateway, { request, reply }, startFollowing))
}

type Handle = (gateway: Gateway, visit: Visit, token: string) => Promise<FastifyReply>

/** So many pages of one address, and no more: links are not found by trying. */
async function guarded(gateway: Gateway, visit: Visit, handle: Handle): Promise<FastifyReply> {
  const wait = await attempt(gateway, 'page', visitorOf(gateway, visit.request))
  if (wait !== undefined) return tooOften(gateway, visit, wait)
  const { token = '' } = visit.request.params as { readonly token?: string }
  return handle(gateway, visit, token)
}

async function showParcel(gateway: Gateway, visit: Visit, token: string): Promise<FastifyReply> {
  const { links, brandOf } = gateway.tracking
  const link = await links.find(hashKey(token))
  const parcel = link === undefined ? undefined : await parcelOf(gateway.node, link)
  if (parcel === undefined) {
    const setting = settingOf(gateway, visit, ownBrand(gateway))
    return answer(visit, setting, { status: 404, page: missingPage(setting) })
  }
  const setting = settingOf(gateway, visit, brandOf(parcel.tenant))
  const story = storyOf(parcel.state, gateway.now())
  const offers = canFollow(setting, story.step) ? { follow: `/track/${token}` } : {}
  return answer(visit, setting, { page: parcelPage(setting, story, offers) })
}

/** What has arrived will not change any more. */
function canFollow({ brand }: ReturnType<typeof settingOf>, step: number): boolean {
  return brand.channel !== '' && step < 3
}

async function showLookUp(gateway: Gateway, visit: Visit): Promise<FastifyReply> {
  const { shop } = visit.request.query as { readonly shop?: unknown }
  const setting = settingOf(gateway, visit, brandNamed(gateway, shop))
  return answer(visit, setting, { page: lookUpPage(setting) })
}

/** Leads to a link of its own, so that number and postcode stand in no address. */
async function takeLookUp(gateway: Gateway, visit: Visit): Promise<FastifyReply> {
  const form = formOf(visit.request)
  const setting = settingOf(gateway, visit, brandNamed(gateway, form.get('shop')))
  const [number, postcode] = [form.get('number')?.slice(0, 60) ?? '', form.get('postcode')?.slice(0, 12) ?? '']
  const { tenant } = setting.brand
  const wait =
    (await attempt(gateway, 'address', visitorOf(gateway, visit.request))) ??
    (await attempt(gateway, 'number', `${tenant} ${countedNumber(number)}`))
  if (wait !== undefined) return tooOften(gateway, visit, wait)
  const [parcel] = await Promise.all([lookUp(gateway, { tenant, number, postcode }), sleep(lookUpMs)])
  if (parcel === undefined)
    return answer(visit, setting, { status: 404, page: lookUpPage(setting, wordsOf(setting).page.notFound) })
  const token = Buffer.from(gateway.randomBytes(24)).toString('base64url')
  await gateway.tracking.links.make({
    ...{ id: newId('trl', gateway.randomBytes), tenant, shipment: parcel.id, madeBy: 'visitor' },
    ...{ hash: hashKey(token), seconds: lookUpSeconds },
  })
  return visit.reply
    .headers(strictHeaders)
    .code(303)
    .header('location', `/track/${token}?lang=${setting.language}`)
    .send()
}

async function tooOften(gateway: Gateway, visit: Visit, retryAfter: number): Promise<FastifyReply> {
  const setting = settingOf(gateway, visit, ownBrand(gateway))
  return answer(visit, setting, { status: 429, retryAfter, page: lookUpPage(setting, wordsOf(setting).page.tooOften) })
}

async function showLogo(gateway: Gateway, { request, reply }: Visit): Promise<FastifyReply> {
  const { shop } = request.params as { readonly shop?: string }
  const logo = gateway.tracking.brandNamed(shop ?? '')?.logo
  if (logo === undefined) return reply.code(404).headers(strictHeaders).send()
  return reply
    .headers({
      ...strictHeaders,
      // A picture that is opened by itself runs nothing.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cache-control': 'public, max-age=3600',
    })
    .type(logo.type)
    .send(Buffer.from(logo.bytes))
}

/** The page that a shop has declared, or that of the hub’s own tenant. */
function brandNamed(gateway: Gateway, name: unknown): Brand {
  const named = typeof name === 'string' ? gateway.tracking.brandNamed(name) : undefined
  return named ?? ownBrand(gateway)
}

function ownBrand({ tracking }: Pick<Gateway, 'tracking'>): Brand {
  return tracking.brandOf('main')
}
