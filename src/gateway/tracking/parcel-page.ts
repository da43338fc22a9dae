import type { Brand, CarrierAction } from './brand.ts'
import { expectedTime, scanTime, zonedTime } from './clock.ts'
import { framed, languageField, type Setting, wordsOf } from './frame.ts'
import { filled } from './language.ts'
import { type Markup, markup } from './markup.ts'
import type { PlainState } from './plain-state.ts'
import type { ShownEvent } from './shown-event.ts'
import type { Story } from './story.ts'

/** Scans that are seen at once; the rest opens. */
const seenAtOnce = 3

/** What a page offers beside the news. */
export interface Offers {
  /** Where somebody says that they want e-mails; absent where that cannot be. */
  readonly follow?: string
  /** Something that was just done. */
  readonly notice?: string
}

/** The page of one parcel: first where it is and when it comes, then what happened. */
export function parcelPage(setting: Setting, story: Story, { follow, notice }: Offers): string {
  const { state, detail, page, next } = wordsOf(setting)
  const title = state[story.state]
  return framed(
    setting,
    title,
    markup`<div itemscope itemtype="https://schema.org/ParcelDelivery">
${notice === undefined ? undefined : markup`<p class="notice" role="status">${notice}</p>`}
<h1 itemprop="deliveryStatus">${title}</h1>
${story.detail === undefined ? undefined : markup`<p>${detail[story.detail]}</p>`}
${times(setting, story)}
${silence(setting, story)}
${steps(setting, story)}
<h2>${page.next}</h2><p>${next[story.state]}</p>
${actions(setting.brand, story, page)}
<h2>${page.history}</h2>
${news(setting, story.events)}
${parcels(setting, story)}
<p>${story.carrier === undefined ? undefined : markup`${page.carrier}: <span itemprop="provider" itemscope itemtype="https://schema.org/Organization"><span itemprop="name">${story.carrier}</span></span><br>`}
${story.number === undefined ? undefined : markup`${page.number}: <span itemprop="trackingNumber">${story.number}</span><br>`}
${story.lastScan === undefined ? page.noScan : filled(page.lastNews, { time: zonedTime(story.lastScan, setting.language, setting.brand.timeZone) })}</p>
${follow === undefined ? undefined : followForm(setting, follow)}
</div>`,
  )
}

function times({ language, brand: { timeZone }, ...rest }: Setting, story: Story): Markup {
  const { page } = wordsOf({ language, ...rest })
  if (story.deliveredAt !== undefined)
    return markup`<p class="when">${filled(page.delivered, { time: scanTime(story.deliveredAt, language) })}</p>`
  const { expected } = story
  if (expected === undefined) return markup``
  const said = expectedTime(expected, language, timeZone)
  const [from, until] =
    'at' in expected ? [new Date(expected.at).toISOString(), undefined] : [expected.from, expected.to]
  return markup`<p class="when">${story.isLate ? filled(page.expectedLate, { time: said }) : `${page.expected}: ${said}`}</p>
${from === undefined ? undefined : markup`<meta itemprop="expectedArrivalFrom" content="${from}">`}${until === undefined ? undefined : markup`<meta itemprop="expectedArrivalUntil" content="${until}">`}`
}

/** Silence is said: what is seen may not be so any more. */
function silence(setting: Setting, { state, lastScan }: Story): Markup {
  if (state !== 'no_news' || lastScan === undefined) return markup``
  const time = zonedTime(lastScan, setting.language, setting.brand.timeZone)
  return markup`<p class="notice">${filled(wordsOf(setting).page.silentSince, { time })}</p>`
}

function steps(setting: Setting, story: Story): Markup {
  const { state, page } = wordsOf(setting)
  const third: PlainState = story.state === 'ready_for_pickup' ? 'ready_for_pickup' : 'out_for_delivery'
  const names = story.isReturning
    ? [state.announced, state.on_its_way, state.returning, page.returnedStep]
    : [state.announced, state.on_its_way, state[third], state.delivered]
  const at = story.isReturning && story.step < 3 ? 2 : story.step
  return markup`<ol class="steps" aria-label="${page.steps}">${names.map((name, index) =>
    index === at
      ? markup`<li class="done" aria-current="step">${name}</li>`
      : index < at
        ? markup`<li class="done">${name} <span aria-hidden="true">✓</span></li>`
        : markup`<li>${name}</li>`,
  )}</ol>`
}

function news(setting: Setting, events: readonly ShownEvent[]): Markup {
  const { page } = wordsOf(setting)
  if (events.length === 0) return markup`<p>${page.noScan}</p>`
  const [first, rest] = [events.slice(0, seenAtOnce), events.slice(seenAtOnce)]
  const list = (some: readonly ShownEvent[]): Markup =>
    markup`<ol class="news">${some.map((one) => newsLine(setting, one))}</ol>`
  if (rest.length === 0) return list(first)
  return markup`${list(first)}<details><summary>${filled(page.more, { count: rest.length })}</summary>${list(rest)}</details>`
}

function newsLine(setting: Setting, { word, at, place, country }: ShownEvent): Markup {
  const where = [place, country].filter((one) => one !== undefined).join(', ')
  return markup`<li><strong>${wordsOf(setting).event[word]}</strong>${where === '' ? undefined : `, ${where}`}
<time datetime="${at.isDay ? at.instant.slice(0, 10) : at.instant}">${scanTime(at, setting.language)}</time></li>`
}

function parcels(setting: Setting, story: Story): Markup {
  if (story.parcels.length === 0) return markup``
  const { page, state } = wordsOf(setting)
  return markup`<h2>${page.parcels}</h2><ul class="parcels">${story.parcels.map(
    (one) => markup`<li>${one.number === '' ? undefined : `${one.number}: `}${state[one.state]}</li>`,
  )}</ul>`
}

const fits: Readonly<Record<CarrierAction['kind'], readonly PlainState[]>> = {
  redirect: ['announced', 'on_its_way', 'out_for_delivery', 'attempt_failed', 'no_news'],
  'pickup-point': ['announced', 'on_its_way', 'attempt_failed'],
  return: ['delivered'],
}

/** What the carrier lets the recipient do now, on a page of the carrier. */
function actions(
  { actions: declared }: Brand,
  { carrier, number, state }: Story,
  page: ReturnType<typeof wordsOf>['page'],
): Markup {
  const names = { redirect: page.actionRedirect, 'pickup-point': page.actionPickUpPoint, return: page.actionReturn }
  const offered = declared.filter(
    (one) => one.carrier.toLowerCase() === carrier?.toLowerCase() && fits[one.kind].includes(state),
  )
  if (offered.length === 0 || number === undefined) return markup``
  return markup`<ul class="actions">${offered.map(
    ({ kind, url }) =>
      markup`<li><a href="${url.replaceAll('{number}', encodeURIComponent(number))}" rel="noreferrer">${names[kind]}</a></li>`,
  )}</ul>`
}

function followForm(setting: Setting, action: string): Markup {
  const { page } = wordsOf(setting)
  return markup`<h2>${page.follow}</h2>
<form method="post" action="${action}">
<p id="about">${page.followAbout}</p>
${languageField(setting)}
<label for="email">${page.address}</label>
<input id="email" name="email" type="email" required maxlength="254" autocomplete="email" aria-describedby="about">
<div><button>${page.follow}</button></div>
</form>`
}
