import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { meta } from './parts/meta.ts'
import { timeWindow } from './parts/time-window.ts'

const directions = {
  name: 'appointment_direction',
  values: { inbound: 'The vehicle brings goods.', outbound: 'The vehicle fetches goods.' },
}

/** When a vehicle may come to a dock. */
export const appointmentObject = record('When a vehicle may come to a dock, and what became of it.', {
  ...meta('apt'),
  locationId: hubId('Site that the vehicle comes to.', 'loc'),
  dock: Type.Optional(text('Door that was given to it, as the site names it. Absent: none yet.', 30)),
  direction: code('Whether the vehicle brings or fetches.', directions),
  window: timeWindow('When it may come.'),
  shipmentIds: list('Shipments that it brings or fetches.', hubId('One shipment.', 'shp')),
  asnIds: list('Ship notices whose goods it brings.', hubId('One ship notice.', 'asn')),
  status: code('How far it has come.', statusesOf('appointment')),
  carrierId: Type.Optional(hubId('Who sends the vehicle. Absent: not known.', 'car')),
  checkedInAt: Type.Optional(instant('When the vehicle was at the gate. Absent: not heard of.')),
  dockedAt: Type.Optional(instant('When the vehicle stood at the dock. Absent: not heard of.')),
  releasedAt: Type.Optional(instant('When the vehicle was free to leave. Absent: not heard of.')),
})
