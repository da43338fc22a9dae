import { englishCodes } from './codes-en.ts'

type Codes = Readonly<Record<string, string>>

let spoken: Codes = englishCodes

/** Words for codes of the hub in the language of this browser; in English until `learnCodes` has come to its end. */
export function spokenCodes(): Codes {
  return spoken
}

/** Fetches the words for codes in a language, before anything is drawn: whoever reads English never loads those of others. Rejects where the hub is away. */
export async function learnCodes(language: string): Promise<void> {
  if (language === 'en') return
  const { codeWords } = await import('./codes.ts')
  spoken = codeWords[language] ?? englishCodes
}
