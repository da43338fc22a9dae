import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import type { TrackingWords } from './words/table.ts'

/** Languages of the tracking page, each under its own name. */
export const languages = {
  en: { name: 'English', words: en },
  de: { name: 'Deutsch', words: de },
  es: { name: 'Español', words: es },
  fr: { name: 'Français', words: fr },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly words: TrackingWords }>>
/** One of them. */
export type TrackingLanguage = keyof typeof languages

/** What somebody chose, or what the browser asks for, or what the shop speaks. */
export function languageOf(chosen: unknown, accepted: string | undefined, own: string): TrackingLanguage {
  const wishes = (accepted ?? '')
    .slice(0, 1000)
    .split(',')
    .map((one) => {
      const [range = '', ...parameters] = one.trim().toLowerCase().split(';')
      const quality = parameters.map((part) => /^\s*q=([\d.]+)$/.exec(part)?.[1]).find((part) => part !== undefined)
      return { language: range.split('-', 1)[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ language }) => language)
  const known = [typeof chosen === 'string' ? chosen : '', ...wishes, own.slice(0, 2).toLowerCase()]
  return known.find((one): one is TrackingLanguage => Object.hasOwn(languages, one)) ?? 'en'
}

/** A text with values in the places of their names. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
