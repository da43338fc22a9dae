import IntlMessageFormat from 'intl-messageformat'
import { de } from './de.ts'
import { en, type Word } from './en.ts'

/** The languages of the pages. */
export const languages = { en, de } as const satisfies Readonly<Record<string, Readonly<Record<Word, string>>>>
/** Name of a language. */
export type Language = keyof typeof languages

const storeKey = 'interline.language'
const formats = new Map<string, IntlMessageFormat>()

/** What this browser was set to, or what it asks for, or English. */
export function language(): Language {
  const wanted = [localStorage.getItem(storeKey), ...navigator.languages.map((one) => one.slice(0, 2))]
  return wanted.find((one): one is Language => one !== null && Object.hasOwn(languages, one)) ?? 'en'
}

/** Keeps the language and shows everything in it. */
export function speak(next: Language): void {
  localStorage.setItem(storeKey, next)
  location.reload()
}

/** A text in the language of this browser. */
export function say(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const key = `${language()} ${word}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new IntlMessageFormat(languages[language()][word], language())
    formats.set(key, format)
  }
  return String(format.format(values))
}

/** A code of the hub for people: `out_for_delivery` becomes "out for delivery". Codes are open: any may come. */
export function plain(code: string): string {
  return code.replaceAll(/[_.-]+/g, ' ')
}
