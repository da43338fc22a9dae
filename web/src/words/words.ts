import IntlMessageFormat from 'intl-messageformat'
import { de } from './de.ts'
import { en, type Word } from './en.ts'
import { spokenCodes } from './spoken-codes.ts'

/** The languages of the pages. */
export const languages = { en, de } as const satisfies Readonly<Record<string, Readonly<Record<Word, string>>>>
/** Name of a language. */
export type Language = keyof typeof languages

const storeKey = 'interline.language'

/** What this browser was set to, or what it asks for, or English. */
export function language(): Language {
  const wanted = [localStorage.getItem(storeKey), ...navigator.languages.map((one) => one.slice(0, 2))]
  return wanted.find((one): one is Language => one !== null && Object.hasOwn(languages, one)) ?? 'en'
}

/** How dates and numbers are written: as in the country of the reader where the pages speak his language. */
export function locale(): string {
  return navigator.languages.find((one) => one.startsWith(language())) ?? language()
}

/** Keeps the language and shows everything in it. */
export function speak(next: Language): void {
  localStorage.setItem(storeKey, next)
  location.reload()
}

/** What a text has braces for. */
type Values = Readonly<Record<string, string | number>>

/** Texts of one screen in every language: the same words in each. */
type Wording<W extends string> = Readonly<Record<Language, Readonly<Record<W, string>>>>

/** Gives a screen a voice for words of its own: they are loaded with the screen, not with the first page. */
export function wording<W extends string>(own: Wording<W>): (word: W, values?: Values) => string {
  const formats = new Map<W, IntlMessageFormat>()
  return (word, values = {}) => {
    const format = formats.get(word) ?? new IntlMessageFormat(own[language()][word], language())
    formats.set(word, format)
    return String(format.format(values))
  }
}

/** A text of the frame and of the parts that every screen shares, in the language of this browser. */
export const say = wording<Word>(languages)

/** A code of the hub for people: `out_for_delivery` becomes "out for delivery". Codes are open: any may come. */
export function plain(code: string): string {
  const words = spokenCodes()
  if (Object.hasOwn(words, code)) return words[code] ?? code
  // News are called by their object and what became of it: where both have a word, they say it together.
  const [object = '', news = '', ...more] = code.split('.')
  const isNews = more.length === 0 && Object.hasOwn(words, object) && Object.hasOwn(words, news)
  return isNews ? `${words[object]}: ${words[news]}` : spaced(code)
}

/** A code among data of others: in words where the hub has some for it, else as it is. */
export function codeName(code: string): string {
  const words = spokenCodes()
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code
}

/** What is written as one word, as several. */
export function spaced(code: string): string {
  return code.replaceAll(/[_.-]+/g, ' ')
}

/** An answer of the API that is true or false, for people; anything else as it is. */
export function yesOrNo(value: string): string {
  return value === 'true' ? say('common.yes') : value === 'false' ? say('common.no') : plain(value)
}
