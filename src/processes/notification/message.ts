import type { Notice } from '../../model/notification/notice.ts'
import type { Reader } from './format.ts'
import { type NotificationSettings, type Wording, wordingKey } from './settings.ts'
import { readTemplate, render } from './template.ts'
import { de } from './wording/de.ts'
import { en } from './wording/en.ts'
import type { WordingTable } from './wording/table.ts'

/** A message in the words of its reader. */
export interface Message {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Language that it is written in. */
  readonly locale: string
}

const subjectMost = 200

/** Writes what one or several notices tell. Several become one message with a heading for each. */
export function writeMessage(
  notices: readonly Pick<Notice, 'event' | 'values'>[],
  reader: Reader,
  own: NotificationSettings['wording'],
): Message {
  const [first] = notices
  if (first === undefined) throw new RangeError('a message tells something')
  const each = notices.map(({ event, values }) => {
    const { wording, locale } = wordingFor(event, reader.locale, own)
    const about = { ...reader, locale: sameLanguage(reader.locale, locale) ? reader.locale : locale }
    const plain = { reader: about, escape: onOneLine }
    const subject = onOneLine(render(wording.subject, values, plain)).slice(0, subjectMost)
    const text = render(wording.text, values, plain).trim()
    const html =
      wording.html === undefined ? paragraphs(text) : render(wording.html, values, { reader: about, escape: inHtml })
    return { subject, text, html, locale }
  })
  const [only] = each
  if (only !== undefined && each.length === 1) return { ...only, html: page(only.html, only.locale) }
  const locale = only?.locale ?? 'en'
  const { wording } = wordingFor('digest', locale, own)
  const about = { reader: { ...reader, locale }, escape: onOneLine }
  const subject = onOneLine(render(wording.subject, { count: `${each.length}` }, about)).slice(0, subjectMost)
  return {
    subject,
    text: each.map((one) => `${one.subject}\n\n${one.text}`).join('\n\n--\n\n'),
    html: page(each.map((one) => `<h2>${inHtml(one.subject)}</h2>\n${one.html}`).join('\n'), locale),
    locale,
  }
}

/** The words of an event: the tenant's own, then those of the hub; in the language, then in its main language, then in English. */
export function wordingFor(
  event: string,
  locale: string,
  own: NotificationSettings['wording'],
): { readonly wording: Wording; readonly locale: string; readonly isWritten: boolean } {
  const main = locale.split('-', 1)[0]?.toLowerCase() ?? 'en'
  for (const one of new Set([locale.toLowerCase(), main, 'en'])) {
    const wording = own.get(wordingKey(event, one)) ?? builtIn.get(wordingKey(event, one))
    if (wording !== undefined) return { wording, locale: one, isWritten: true }
  }
  return { wording: builtIn.get(wordingKey('message', 'en')) as Wording, locale: 'en', isWritten: false }
}

const builtIn: ReadonlyMap<string, Wording> = new Map([...read('en', en), ...read('de', de)])

function read(locale: string, table: WordingTable): readonly (readonly [string, Wording])[] {
  return Object.entries(table).map(([event, [subject, text]]) => [
    wordingKey(event, locale),
    { subject: readTemplate(subject), text: readTemplate(text) },
  ])
}

function sameLanguage(one: string, other: string): boolean {
  return one.toLowerCase().split('-', 1)[0] === other.split('-', 1)[0]
}

/** Values are words, not lines: whoever could begin a line could pretend to be us. Characters that turn the direction of writing go as well. */
export function onOneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/g, ' ')
}

/** Inside an element or a quoted attribute of HTML. */
export function inHtml(text: string): string {
  return onOneLine(text).replaceAll(/[&<>"'`]/g, (one) => `&#${one.codePointAt(0)};`)
}

function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((one) => `<p>${one.split('\n').map(inHtml).join('<br>')}</p>`)
    .join('\n')
}

function page(body: string, locale: string): string {
  return `<!doctype html>\n<html lang="${inHtml(locale)}">\n<head><meta charset="utf-8"></head>\n<body>\n${body}\n</body>\n</html>\n`
}
