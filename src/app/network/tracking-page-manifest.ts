import { type Fields, list, text } from '../../base/fields.ts'
import { isTimeZone } from '../../base/time-zone.ts'
import type { Connection } from '../../flow/connection.ts'
import { type Brand, type CarrierAction, contrast, pictureType } from '../../gateway/tracking/brand.ts'
import { parsed } from './partner.ts'
import { filesOf, known, type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'

/** Keys of an entry of `trackingPages`. */
export const trackingPageFields = {
  name: text('Short name in public addresses: /track?shop=NAME.', { example: 'example-shop' }),
  title: text('Name of the shop for people.', { example: 'Example Shop' }),
  logo: text('Picture (PNG, JPEG, WebP or SVG, at most 200 KB), by its path from the manifest.', { default: '' }),
  accent: text('Colour of headings, links and buttons; at least 4.5 : 1 on the ground.', { default: '#1f4e79' }),
  ground: text('Colour of the page.', { default: '#ffffff' }),
  ink: text('Colour of text; at least 4.5 : 1 on the ground.', { default: '#1b1b1b' }),
  locale: text('Language of those whose browser asks for none that there is: en, de, es or fr.', { default: 'en' }),
  timeZone: text('Time zone of expected times, IANA; it is named beside them.', { default: 'UTC' }),
  help: text('Where recipients ask: https: or mailto:.', { default: '' }),
  channel: text('Connection that carries e-mails to those who want to be told; nobody can be without it.', {
    default: '',
  }),
  actions: list(
    'What carriers let recipients do, each as "CARRIER redirect|pickup-point|return https://…{number}": {number} is the tracking number.',
    { default: [] },
  ),
  tenant: text('Whose it is; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

const logoBytesMost = 200 * 1024
const contrastLeast = 4.5

/** Pages for recipients, by tenant. */
export function readTrackingPages(
  reading: Reading,
  entries: readonly Entry[],
  connections: ReadonlyMap<string, Connection>,
): ReadonlyMap<string, Brand> {
  const brands = entries.flatMap((entry) => readTrackingPage(reading, entry, connections) ?? [])
  return new Map(brands.map((brand) => [brand.tenant, brand]))
}

function readTrackingPage(
  reading: Reading,
  entry: Entry,
  connections: ReadonlyMap<string, Connection>,
): Brand | undefined {
  const { place, values, source } = entry
  const read = readFields(reading, trackingPageFields, values, place)
  const files = filesOf(reading, entry, ['logo'])
  if (read === undefined || !files.isWhole) return undefined
  const { actions, logo: path, tenant, ...own } = parsed(trackingPageFields, read)
  const picture = path === '' ? undefined : files.read(path)
  const type = picture === undefined ? undefined : pictureType(picture)
  const offered = actions.map(actionOf)
  const isChannel = own.channel !== ''
  const channel = isChannel
    ? known(reading, connections, own.channel, { what: 'connection', place: place.at('channel') })
    : undefined
  if (isChannel && channel === undefined) return undefined
  const faults: readonly (readonly [key: string, isWrong: boolean, problem: string])[] = [
    ['name', !/^[a-z0-9][a-z0-9-]{0,39}$/.test(own.name), 'expected 1 to 40 lower-case letters, digits and -.'],
    ['logo', picture !== undefined && picture.length > logoBytesMost, 'the picture has more than 200 KB.'],
    ['logo', picture !== undefined && type === undefined, 'expected a picture in PNG, JPEG, WebP or SVG.'],
    ...(['accent', 'ground', 'ink'] as const).map(
      (key) => [key, !isColour(own[key]), 'expected a colour like #1f4e79.'] as const,
    ),
    ...(['accent', 'ink'] as const).map(
      (key) => [key, isPale(own[key], own.ground), paleSentence(own[key], own.ground)] as const,
    ),
    ['timeZone', !isTimeZone(own.timeZone), 'there is no such time zone.'],
    ['locale', !['en', 'de', 'es', 'fr'].includes(own.locale), 'expected en, de, es or fr.'],
    ['help', !/^(https:\/\/|mailto:|$)/.test(own.help), 'expected https: or mailto:.'],
    ['channel', channel?.connector.messages?.addressed === false, `${own.channel} leads to one place.`],
    [
      'channel',
      channel !== undefined && channel.connector.messages === undefined,
      `${own.channel} carries no messages to people.`,
    ],
    [
      'actions',
      offered.includes(undefined),
      'expected CARRIER, redirect, pickup-point or return, and an https: address.',
    ],
  ]
  const wrong = faults.filter(([, isWrong]) => isWrong)
  for (const [key, , problem] of wrong) reading.problems.add('MANIFEST_VALUE_INVALID', place.at(key), { key, problem })
  if (wrong.length > 0) return undefined
  return {
    ...own,
    tenant: tenant === '' ? source.tenant : tenant,
    actions: offered.filter((one) => one !== undefined),
    ...(picture === undefined || type === undefined ? {} : { logo: { bytes: picture, type } }),
  }
}

function isColour(colour: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(colour)
}

function isPale(colour: string, ground: string): boolean {
  return isColour(colour) && isColour(ground) && contrast(colour, ground) < contrastLeast
}

function paleSentence(colour: string, ground: string): string {
  if (!isColour(colour) || !isColour(ground)) return ''
  return `${colour} on ${ground} has a contrast of ${contrast(colour, ground).toFixed(1)} : 1; people need 4.5.`
}

function actionOf(line: string): CarrierAction | undefined {
  const [, carrier, kind, url] =
    /^(\S{1,60}) (redirect|pickup-point|return) (https:\/\/\S{1,500})$/.exec(line.trim()) ?? []
  return carrier === undefined || url === undefined ? undefined : { carrier, kind: kind as CarrierAction['kind'], url }
}
