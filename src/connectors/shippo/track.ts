import { trackingQuestion } from '../kit/question.ts'

/** Shippo API reference, "Get a tracking status": `GET /tracks/{carrier}/{number}`. */
export const track = trackingQuestion({
  label: 'Shippo',
  path: (asked) => {
    const [carrier, number] = [asked.at('carrier').text(60), asked.at('trackingNumber').text(100)]
    return `/tracks/${encodeURIComponent(carrier)}/${encodeURIComponent(number)}`
  },
})
