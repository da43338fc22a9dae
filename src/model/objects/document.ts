import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { sha256Hex } from '../fields/hash.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'

const types = {
  name: 'document_type',
  values: {
    pod: 'Proof of delivery.',
    bol: 'Bill of lading.',
    label: 'Shipping label.',
    commercial_invoice: 'Invoice for customs.',
    packing_list: 'What is in which package.',
    photo: 'Picture, of the goods or of where they were left.',
    signature: 'Picture of a signature.',
    invoice: 'Invoice to a customer or of a carrier.',
    inspection: 'Report of somebody who looked at the goods.',
    claim: 'Paper of a claim.',
    edi: 'Interchange of EDI.',
    other: 'None of these.',
  },
}
const readers = {
  name: 'document_reader',
  values: {
    internal: 'People of the tenant.',
    customer: 'The customer of the order.',
    carrier: 'The carrier of the shipment.',
    supplier: 'The supplier of the goods.',
  },
}

/** A paper or picture, kept once however many objects point to it. */
export function document(meaning: string) {
  return part('document', meaning, {
    id: hubId('Given by the hub. The same bytes always have the same one.', 'doc'),
    type: code('What kind of paper it is.', types),
    mediaType: text('How its bytes are to be read, IANA media type: application/pdf.', 120),
    sha256: sha256Hex('Hash of its bytes: two documents with the same one are the same document.'),
    bytes: count('Length of the content, in bytes.'),
    uri: text('Address that the content is fetched from.', 2000),
    issuedAt: Type.Optional(instant('When whoever wrote it dated it. Absent: it bears no date.')),
    visibility: list('Who may read it. Empty: nobody but the hub.', code('One kind of reader.', readers), 10),
  })
}

/** The paper or picture by itself, as it is published; `document` says it within other objects, in their words. */
export const documentObject = document(
  'A paper or picture that came with something else, known by its content. Immutable: another content is another document.',
)
