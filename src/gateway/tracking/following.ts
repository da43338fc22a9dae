import type { FastifyReply } from 'fastify'
import type { Follower } from '../../registry/tracking-followers.ts'
import { newId } from '../access/key.ts'
import { hashKey } from '../access/principal.ts'
import type { Gateway } from '../gateway.ts'
import { answer, formOf, settingOf, type Visit } from './answer.ts'
import { attempt, visitorOf } from './attempts.ts'
import { askPage, missingPage, type Setting, wordsOf } from './frame.ts'
import { filled } from './language.ts'
import { followUrl, newsValues, tellFollower, toldOf } from './notice.ts'
import { parcelOf } from './parcel.ts'
import { parcelPage } from './parcel-page.ts'
import { storyOf } from './story.ts'

const emailShape = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,189}$/

/**
 * Somebody wants e-mails: one is sent, and nothing more until they agree in it. The answer is the same whatever becomes of it, so that
 * nobody learns who follows what.
 */
export async function startFollowing(gateway: Gateway, visit: Visit, token: string): Promise<FastifyReply> {
  const link = await gateway.tracking.links.find(hashKey(token))
  const parcel = link === undefined ? undefined : await parcelOf(gateway.node, link)
  if (parcel === undefined) return missing(gateway, visit)
  const setting = settingOf(gateway, visit, gateway.tracking.brandOf(parcel.tenant))
  const { page } = wordsOf(setting)
  const story = storyOf(parcel.state, gateway.now())
  const email = formOf(visit.request).get('email')?.trim() ?? ''
  const isAsked = setting.brand.channel !== '' && emailShape.test(email)
  const wait = await attempt(gateway, 'follow', visitorOf(gateway, visit.request))
  if (wait !== undefined)
    return answer(visit, setting, {
      status: 429,
      retryAfter: wait,
      page: parcelPage(setting, story, { notice: page.tooOften }),
    })
  if (isAsked && (await attempt(gateway, 'mailbox', email)) === undefined) {
    const made = await gateway.tracking.followers.add({
      ...{ id: newId('fol', gateway.randomBytes), token: Buffer.from(gateway.randomBytes(24)).toString('base64url') },
      ...{ tenant: parcel.tenant, shipment: parcel.id, email, language: setting.language, told: toldOf(story) },
    })
    if (made !== undefined) await askToConfirm(gateway, made, { setting, number: story.number ?? '' })
  }
  return answer(visit, setting, { page: parcelPage(setting, story, { notice: page.followSent }) })
}

async function askToConfirm(
  gateway: Gateway,
  follower: Follower,
  { setting: { brand }, number }: { readonly setting: Setting; readonly number: string },
): Promise<void> {
  const url = followUrl(gateway, follower)
  const identity = `tracking_confirm:${follower.id}`
  await tellFollower(gateway, follower, { event: 'tracking_confirm', identity, number, values: { url }, brand })
}

/** The page behind the link in each e-mail: it asks first, since programs that read mail follow links, too. */
export async function showFollowing(gateway: Gateway, visit: Visit, token: string): Promise<FastifyReply> {
  const follower = await gateway.tracking.followers.find(token)
  const parcel = follower === undefined ? undefined : await parcelOf(gateway.node, follower)
  if (follower === undefined || parcel === undefined) return missing(gateway, visit)
  const brand = gateway.tracking.brandOf(follower.tenant)
  const setting = settingOf(gateway, visit, { ...brand, locale: follower.language })
  const { page } = wordsOf(setting)
  const story = storyOf(parcel.state, gateway.now())
  const number = story.number ?? ''
  const asked = follower.isConfirmed
    ? {
        title: `${wordsOf(setting).state[story.state]}: ${number}`,
        about: lines(page.stopAbout, number, newsOf(story, setting)),
        button: { name: 'stop', text: page.stop },
      }
    : {
        title: filled(page.confirmAsk, { number }),
        about: page.followAbout,
        button: { name: 'confirm', text: page.confirm },
      }
  return answer(visit, setting, { page: askPage(setting, asked) })
}

function newsOf(story: ReturnType<typeof storyOf>, { brand, language }: Setting): readonly string[] {
  const { detail, expected } = newsValues(story, language, brand)
  return [detail, expected].filter((one) => one !== undefined)
}

function lines(stopAbout: string, number: string, news: readonly string[]): string {
  return [...news, filled(stopAbout, { number })].join(' · ')
}

/** They agree, or have had enough. */
export async function confirmFollowing(gateway: Gateway, visit: Visit, token: string): Promise<FastifyReply> {
  const { followers, brandOf } = gateway.tracking
  const follower = await followers.find(token)
  const parcel = follower === undefined ? undefined : await parcelOf(gateway.node, follower)
  if (follower === undefined || parcel === undefined) return missing(gateway, visit)
  const setting = settingOf(gateway, visit, brandOf(follower.tenant))
  const { page } = wordsOf(setting)
  const isStop = formOf(visit.request).get('wish') === 'stop'
  if (isStop) await followers.end(token)
  else await followers.confirm(token, toldOf(storyOf(parcel.state, gateway.now())))
  return answer(visit, setting, { page: askPage(setting, { title: isStop ? page.stopped : page.followed }) })
}

async function missing(gateway: Gateway, visit: Visit): Promise<FastifyReply> {
  const setting = settingOf(gateway, visit, gateway.tracking.brandOf('main'))
  return answer(visit, setting, { status: 404, page: missingPage(setting) })
}
