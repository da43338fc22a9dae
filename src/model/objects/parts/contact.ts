import { Type } from 'typebox'
import { aboutPerson, personal } from '../../fields/personal.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** Whom to call or write to. */
export function contact(meaning: string) {
  const members = {
    name: Type.Optional(personal(text('Person or desk that answers.', 120))),
    phone: Type.Optional(personal(text('Number to dial, as it was given; best with + and the country in front.', 40))),
    email: Type.Optional(personal(text('Address to write to.', 254))),
    language: Type.Optional(text('Language to write in, BCP 47: de, en-GB. Absent: not known.', 35)),
  }
  return aboutPerson(part('contact', meaning, members), { words: ['contacts', 'contactPerson'] })
}
