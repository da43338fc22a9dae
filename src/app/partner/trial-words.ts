/** What the rules of a trial find, with braces for what they found. */
export const trialSentences = {
  takesNothing: 'This connection takes no documents.',
  size: '{bytes} of at most {most} bytes.',
  read: 'Read as {format}.',
  noInterchange: 'No X12 or EDIFACT interchange begins in it.',
  asAgreed: 'Interchanges that are as agreed: {count}.',
  keptNothing: 'It says nothing that we keep: {ignored}',
  says: 'It says: {said}. About: {numbers}.',
  codesKnown: 'Every code of it is known.',
  codeUnknown: 'The code {code} is not known in {table}.',
  agreedCode: 'a code that we have agreed on',
  mapFailed: 'Our map failed on it.',
  another: 'Another rule has to pass before.',
} as const

/** Where it is that a rule finds something, with braces for the numbers. */
export const trialPlaces = {
  whole: 'segment {number}, {name}, bytes {start} to {end}',
  segment: 'segment {number}, bytes {start} to {end}',
  name: '{name}, bytes {start} to {end}',
  bytes: 'bytes {start} to {end}',
  byte: 'byte {position}',
} as const

/** A sentence with what was found in place of the braces. */
export function told(sentence: string, found: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (brace, name: string) => String(found[name] ?? brace))
}
