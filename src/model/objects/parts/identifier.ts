import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { flag } from '../../fields/flag.ts'
import { instant } from '../../fields/instant.ts'
import { list } from '../../fields/list.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

const schemes = {
  name: 'identifier_scheme',
  values: {
    sales_order: 'Number of a customer order, from whoever took it.',
    customer_po: 'Number that the customer gave his order. Leading zeros count.',
    purchase_order: 'Number of an order to a supplier.',
    delivery: 'Number of a delivery, from the ERP.',
    shipment: 'Number of a shipment, from whoever planned it.',
    bol: 'Bill of lading number.',
    master_bol: 'Bill of lading number over several of them.',
    pro: 'PRO number of an American road carrier. Used again after some months.',
    tracking_number: 'Number that a carrier follows a parcel by. Used again after some months.',
    sscc: 'GS1 Serial Shipping Container Code of a package.',
    gtin: 'GS1 Global Trade Item Number.',
    gln: 'GS1 Global Location Number.',
    scac: 'Standard Carrier Alpha Code.',
    unlocode: 'Place of UN/LOCODE.',
    container: 'Container number, ISO 6346.',
    seal: 'Number on a seal.',
    booking: 'Booking number of a sea or air carrier.',
    awb: 'Air waybill number, IATA.',
    hawb: 'House air waybill number, from a forwarder.',
    rma: 'Number that a return was allowed under.',
    invoice: 'Number of an invoice.',
    asn: 'Number of a ship notice.',
    load: 'Number of a load in a transport management system.',
    sku: 'Item number of the system named as issuer.',
    vendor_item: 'Item number of a supplier.',
    duns: 'D-U-N-S number of a company.',
    vat: 'Number for value added tax, with its country in front.',
    edi_id: 'Sender or receiver id in EDI envelopes.',
  },
}

/** A number or name that somebody gave a thing: it means nothing without who gave it. */
export function identifier(meaning: string) {
  return part('identifier', meaning, {
    scheme: code('What kind of number it is.', schemes),
    issuer: Type.Optional(
      text(
        'Who gave it: a carrier code, the id of a system, a party. Absent: the scheme is unique in the world, as SSCC, GTIN and GLN are.',
        120,
      ),
    ),
    value: text('As it was written. This form is sent back to its issuer.', 120),
    normalized: Type.Optional(
      text(
        'The form that is compared: without spaces and dashes where the scheme has none, padded where it is padded. Filled in by the hub.',
        120,
      ),
    ),
    primary: Type.Optional(flag('Yes: of several under this scheme it is the one to show. Absent counts as no.')),
    validFrom: Type.Optional(
      instant('From when on it means this object. Absent: since ever. Carriers use their numbers again.'),
    ),
    validTo: Type.Optional(instant('First moment when it does not any more. Absent: no end is known.')),
  })
}

/** All numbers and names of an object. */
export function identifiers(meaning: string) {
  return list(meaning, identifier('One number or name.'), 1000)
}
