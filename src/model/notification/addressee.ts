import { type Static, Type } from 'typebox'
import { aboutPerson, personal } from '../fields/personal.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'

/** Somebody who is told things, as the hub keeps it with what it tells. */
export const addresseeSchema = aboutPerson(
  part('addressee', 'Who hears it.', {
    role: Type.Optional(text('In which part of the business.')),
    address: personal(text('Address as the channel knows it; empty where the channel leads to one place only.')),
    name: Type.Optional(personal(text('What the reader is called.'))),
    language: Type.Optional(text('BCP 47.')),
  }),
  { words: ['to', 'contacts'], has: ['address'] },
)
/** Who hears it, once it is settled in which role. */
export type Addressee = Omit<Static<typeof addresseeSchema>, 'role'>
