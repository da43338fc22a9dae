import { trackingQuestion } from '../kit/question.ts'

/** EasyPost API reference, "Retrieve a list of Trackers": `GET /v2/trackers?tracking_code=`. */
export const track = trackingQuestion({
  label: 'EasyPost',
  path: (asked) => `/v2/trackers?tracking_code=${encodeURIComponent(asked.at('trackingNumber').text(100))}`,
})
