import type { Brand } from './brand.ts'
import { languages, type TrackingLanguage } from './language.ts'
import { Markup, markup } from './markup.ts'
import { styleOf } from './style.ts'
import type { TrackingWords } from './words/table.ts'

/** For whom and by whom a page is written. */
export interface Setting {
  readonly brand: Brand
  readonly language: TrackingLanguage
  /** Address of this page, without a query; what is chosen is added. */
  readonly path: string
  /** Names the style sheet of this answer. */
  readonly nonce: string
}

/** The words of a page. */
export function wordsOf({ language }: Pick<Setting, 'language'>): TrackingWords {
  return languages[language].words
}

/** A whole page. There is no script in it. */
export function framed(setting: Setting, title: string, body: Markup): string {
  const { brand, language, nonce } = setting
  const shop = brand.title === '' ? '' : ` · ${brand.title}`
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="referrer" content="no-referrer">
<title>${title}${shop}</title>
<style nonce="${nonce}">${new Markup(styleOf(brand))}</style>
</head>
<body>
<header>${sign(brand)}${languageSwitch(setting)}</header>
<main>${body}</main>
<footer>${helpLink(setting)}</footer>
</body>
</html>
`.text
}

function sign({ logo, title, name }: Brand): Markup {
  if (logo !== undefined) return markup`<img src="/track/logo/${name}" alt="${title}">`
  return markup`<strong>${title}</strong>`
}

function languageSwitch(setting: Setting): Markup {
  const shop = setting.path === '/track' ? `shop=${setting.brand.name}&` : ''
  const links = Object.entries(languages).map(([code, { name }]) =>
    code === setting.language
      ? markup`<li><a href="${setting.path}?${shop}lang=${code}" lang="${code}" aria-current="true">${name}</a></li>`
      : markup`<li><a href="${setting.path}?${shop}lang=${code}" lang="${code}">${name}</a></li>`,
  )
  return markup`<nav aria-label="${wordsOf(setting).page.language}"><ul>${links}</ul></nav>`
}

function helpLink(setting: Setting): Markup {
  const { help } = setting.brand
  return help === '' ? markup`` : markup`<p><a href="${help}" rel="noreferrer">${wordsOf(setting).page.ask}</a></p>`
}

/** A field that says what language the next page is in. */
export function languageField({ language }: Setting): Markup {
  return markup`<input type="hidden" name="lang" value="${language}">`
}

/** The form for number and postcode, with what is wrong with what was given. */
export function lookUpForm(setting: Setting, notice?: string): Markup {
  const { page } = wordsOf(setting)
  return markup`${notice === undefined ? undefined : markup`<p class="notice" role="alert">${notice}</p>`}
<form method="post" action="/track">
<p>${page.lookUpAbout}</p>
${languageField(setting)}<input type="hidden" name="shop" value="${setting.brand.name}">
<label for="number">${page.number}</label>
<input id="number" name="number" required maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false">
<label for="postcode">${page.postcode}</label>
<input id="postcode" name="postcode" required maxlength="12" autocomplete="postal-code">
<div><button>${page.lookUp}</button></div>
</form>`
}

/** The page on which somebody looks for a parcel. */
export function lookUpPage(setting: Setting, notice?: string): string {
  const { page } = wordsOf(setting)
  return framed(setting, page.title, markup`<h1>${page.title}</h1>${lookUpForm(setting, notice)}`)
}

/** The page behind a link that leads nowhere, whatever the reason. */
export function missingPage(setting: Setting): string {
  const { page } = wordsOf(setting)
  return framed(
    setting,
    page.missing,
    markup`<h1>${page.missing}</h1><p>${page.missingAbout}</p>${lookUpForm({ ...setting })}`,
  )
}

/** A question with one button, or only something to say. */
export function askPage(
  setting: Setting,
  {
    title,
    about,
    button,
  }: {
    readonly title: string
    readonly about?: string
    readonly button?: { readonly name: string; readonly text: string }
  },
): string {
  const form =
    button === undefined
      ? undefined
      : markup`<form method="post" action="${setting.path}">${languageField(setting)}<input type="hidden" name="wish" value="${button.name}"><button>${button.text}</button></form>`
  return framed(
    setting,
    title,
    markup`<h1>${title}</h1>${about === undefined ? undefined : markup`<p>${about}</p>`}${form}`,
  )
}
