import { type Static, Type } from 'typebox'
import { aboutPerson, personal } from '../fields/personal.ts'
import { part, record } from '../fields/record.ts'
import { text } from '../fields/text.ts'

/** Payload of `notify_party`: a message to somebody as it is to be read, and what it is about for channels that are no people. */
export const personalMessageSchema = aboutPerson(
  part('personal_message', 'A message to somebody as it is to be read.', {
    address: personal(text('Address as the channel knows it. Empty where the channel leads to one place.')),
    name: Type.Optional(personal(text('What the reader is called.'))),
    recipient: text('Names the recipient without giving the address away.'),
    audience: Type.Union([Type.Literal('customer'), Type.Literal('staff')]),
    language: text('BCP 47.'),
    subject: personal(text('First line.')),
    text: personal(text('The message.')),
    html: personal(text('The same with markup.')),
    about: Type.Array(
      record('What it is about.', {
        event: text('What is told.'),
        object: text('Hub id.'),
        number: text('Number that the reader knows.'),
      }),
    ),
  }),
  { words: ['payload'], has: ['recipient', 'html'] },
)
/** What `personalMessageSchema` reads. */
export type PersonalMessage = Static<typeof personalMessageSchema>
