import type { OperationRequest } from '../kit/connector.ts'
import { type Conversation, type Decision, pursue } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import { change, find, idOf, refused } from './protocol.ts'
import { only } from './record.ts'
import { readBackBy } from './reference.ts'
import type { TrytonSettings } from './settings.ts'

interface Seen {
  readonly shipments: readonly Reading[]
  /** Attachments of that shipment under our reference. */
  readonly attachments: readonly Reading[]
}

/** That a delivery arrived, and where the paper is: an attachment of its customer shipment, a link where there is an address. */
export const attachProofOfDelivery = pursue<TrytonSettings, Seen>({
  command: 'attach_pod',
  idempotency: readBackBy('name'),
  look,
  decide,
})

function* look({ payload, externalReference }: OperationRequest, settings: TrytonSettings): Conversation<Seen> {
  const delivery = new Reading(payload).at('deliveryNumber').text(100)
  const domain = [
    ['number', '=', delivery],
    ['company', '=', settings.company],
  ]
  const shipments = yield* find(settings, 'stock.shipment.out', domain, ['number'])
  const [shipment] = shipments
  if (shipment === undefined) return { shipments, attachments: [] }
  const attachments = yield* find(
    settings,
    'ir.attachment',
    [
      ['resource', '=', `stock.shipment.out,${idOf(shipment)}`],
      ['name', '=', externalReference],
    ],
    ['name', 'description'],
  )
  return { shipments, attachments }
}

function decide({ shipments, attachments }: Seen, request: OperationRequest, settings: TrytonSettings): Decision {
  const payload = new Reading(request.payload)
  const delivery = payload.at('deliveryNumber').text(100)
  const shipment = only(shipments, `customer shipment ${delivery}`)
  const [attachment, second] = attachments
  if (second !== undefined) return refused(`Tryton has several attachments ${request.externalReference}.`)
  if (attachment !== undefined)
    return { ended: { outcome: 'applied', documentReference: `attachment ${idOf(attachment)}` } }
  const [document] = payload.at('documents').each((one) => one.text(2000), 100)
  const address = document !== undefined && /^https?:\/\//.test(document) ? document : undefined
  const arrived = `Delivered ${payload.at('deliveredAt').optionalText(40) ?? 'at a time that nobody told'}, ${
    payload.at('signed').flag() ? 'signed' : 'without a name'
  }.`
  const values = {
    resource: `stock.shipment.out,${idOf(shipment)}`,
    name: request.externalReference,
    description: document === undefined || address !== undefined ? arrived : `${arrived} Content ${document}`,
    ...(address === undefined ? { type: 'data' } : { type: 'link', link: address }),
  }
  return { step: 'create', act: () => change(settings, 'model.ir.attachment.create', [[values]]) }
}
