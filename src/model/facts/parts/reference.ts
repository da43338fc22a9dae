import { Type } from 'typebox'
import { several } from '../../fields/list.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** A number or name that somebody gave the object. */
const reference = part('reference', 'One number or name. It means nothing without who gave it.', {
  scheme: text(
    'What kind of number it is: tracking_number, delivery, order, sscc … The list is that of identifiers of the model.',
  ),
  issuer: Type.Optional(
    text(
      'Who gave it: a carrier code, the id of a system. Absent: the scheme is unique in the world, as SSCC and GTIN are.',
    ),
  ),
  value: text('As it was written by whoever told it first.'),
})

/** All numbers and names under which the object is known. */
export function references(meaning: string) {
  return several(meaning, reference)
}
