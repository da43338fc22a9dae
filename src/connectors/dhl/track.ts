import { trackingQuestion } from '../kit/question.ts'

/** DHL Shipment Tracking Unified: `GET /track/shipments?trackingNumber=`. */
export const track = trackingQuestion({
  label: 'DHL',
  path: (asked) => `/track/shipments?trackingNumber=${encodeURIComponent(asked.at('trackingNumber').text(100))}`,
})
