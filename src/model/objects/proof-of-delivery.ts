import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { coordinates } from '../fields/coordinates.ts'
import { flag } from '../fields/flag.ts'
import { list } from '../fields/list.ts'
import { freeText, personal } from '../fields/personal.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { document } from './document.ts'
import { eventTime } from './parts/event-time.ts'
import { quantity } from './parts/quantity.ts'

const methods = {
  name: 'proof_method',
  values: {
    signature: 'Somebody signed on a device.',
    photo: 'The driver took a picture.',
    pin: 'The consignee gave a number that only he had.',
    electronic_code: 'A code was scanned.',
    paper: 'Somebody signed on paper.',
    none: 'The carrier says so, nothing more.',
  },
}

/** That and how goods were handed over. An invoice may wait for it. */
export function proofOfDelivery(meaning: string) {
  return part('proof_of_delivery', meaning, {
    deliveredAt: eventTime('When the goods changed hands.'),
    signedBy: Type.Optional(personal(text('Name of whoever took them, as the carrier wrote it.', 200))),
    method: code('What the proof consists of.', methods),
    documents: list('Papers and pictures that prove it. Empty: they have not come.', document('One of them.'), 100),
    quantityAccepted: Type.Optional(quantity('How much the consignee took. Absent: all of it, as far as is known.')),
    quantityRejected: Type.Optional(quantity('How much the consignee did not take.')),
    clean: flag('Whether the consignee wrote nothing against it: no damage, no shortage.'),
    notes: Type.Optional(freeText(text('What the consignee or the driver wrote on it.', 2000))),
    geo: Type.Optional(coordinates('Where the device was when it happened.')),
  })
}

/** The proof by itself, as it is published. */
export const proofOfDeliveryObject = proofOfDelivery(
  'That and how goods were handed over, from the carrier. A later one with more in it stands beside the first.',
)
