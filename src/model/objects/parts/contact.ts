import { Type } from 'typebox'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** Whom to call or write to. */
export function contact(meaning: string) {
  return part('contact', meaning, {
    name: Type.Optional(text('Person or desk that answers.', 120)),
    phone: Type.Optional(text('Number to dial, as it was given; best with + and the country in front.', 40)),
    email: Type.Optional(text('Address to write to.', 254)),
    language: Type.Optional(text('Language to write in, BCP 47: de, en-GB. Absent: not known.', 35)),
  })
}
