import { expect, test } from 'vitest'
import { trialPlaces, trialSentences } from '../../src/app/partner/trial-words.ts'
import { errors } from '../../src/base/errors.ts'
import { verdictCodes } from '../../src/edi/verdict/codes.ts'
import { checklistActions } from '../../src/gateway/portal/checklist-words.ts'
import { partnerActions, partnerCodes } from '../../src/gateway/portal/partner-words.ts'
import { inGerman } from '../../web/src/words/german.ts'
import { germanForPartners } from '../../web/src/words/partner-de.ts'
import { germanVerdicts } from '../../web/src/words/verdicts-de.ts'
import { expectNone } from '../expect-none.ts'

/** A message of an error with the names of its values in braces. */
function formOf(code: (typeof partnerCodes)[number]): string {
  const values = new Proxy({}, { get: (_, name) => `{${String(name)}}` })
  return (errors[code].message as (values: object) => string)(values)
}

const titles = Object.values(verdictCodes).map(({ title }) => title)
const said = [
  ...Object.values(checklistActions),
  ...partnerActions,
  ...partnerCodes.map(formOf),
  ...Object.values(trialSentences),
  ...Object.values(trialPlaces),
]
const missing = (sentences: readonly string[], german: Readonly<Record<string, string>>): readonly string[] =>
  sentences.filter((one) => (german[one] ?? '').trim() === '' || german[one] === one)
const bracesOf = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()

test('every sentence for partners speaks German, and nothing is translated that nobody says any more', () => {
  expectNone([...missing(said, germanForPartners), ...missing(titles, germanVerdicts)])
  const known = new Set([...said, ...titles])
  expectNone(Object.keys({ ...germanForPartners, ...germanVerdicts }).filter((one) => !known.has(one)))
})

test('a sentence without German would be found out', () => {
  expect(missing(['Conjure a document.'], germanForPartners)).toEqual(['Conjure a document.'])
})

test('the German says all that was found', () => {
  expectNone(
    Object.entries(germanForPartners)
      .filter(([english, german]) => bracesOf(english).join() !== bracesOf(german).join())
      .map(([english]) => english),
  )
})

test('a sentence with what was found is told with it; one that is not known stays', () => {
  expect(inGerman('512 of at most 1048576 bytes.')).toBe('512 von höchstens 1048576 Bytes.')
  expect(inGerman('segment 5, BEG02, bytes 7 to 9')).toBe('Segment 5, BEG02, Bytes 7 bis 9')
  expect(inGerman('At #/lines/0: expected a decimal, found "x".')).toBe(
    'Bei #/lines/0: erwartet a decimal, gefunden "x".',
  )
  expect(inGerman('Read as JSON (UTF-8).')).toBe('Als JSON (UTF-8) gelesen.')
  expect(inGerman('A mandatory segment is missing.')).toBe('Ein Pflichtsegment fehlt.')
  expect(inGerman('What nobody declared.')).toBe('What nobody declared.')
})
