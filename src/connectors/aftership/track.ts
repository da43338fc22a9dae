import { trackingQuestion } from '../kit/question.ts'

/** AfterShip Tracking API 2026-07, "Get trackings": `GET /trackings?tracking_numbers=`. */
export const track = trackingQuestion({
  label: 'AfterShip',
  path: (asked) =>
    `/tracking/2026-07/trackings?tracking_numbers=${encodeURIComponent(asked.at('trackingNumber').text(100))}`,
})
