import { plain } from '../words/words.ts'

/** How something stands, for the eye. What it means is said by the text. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain'

const tones: Readonly<Record<Exclude<Tone, 'plain'>, readonly string[]>> = {
  good: [
    'delivered',
    'confirmed',
    'applied',
    'posted',
    'done',
    'completed',
    'closed',
    'active',
    'shipped',
    'goods_issued',
  ],
  warn: [
    'parked',
    'waiting',
    'pending',
    'queued',
    'unknown',
    'invited',
    'on_hold',
    'held',
    'backordered',
    'partially_delivered',
  ],
  bad: ['refused', 'blocked', 'failed', 'dead', 'exception', 'lost', 'rejected', 'disabled', 'returned', 'late'],
}

/** A form beside the colour: nobody needs to see colours. */
const signs: Readonly<Record<Tone, string>> = { good: '✓', warn: '▲', bad: '■', plain: '●' }

/** The tone of a code of the hub; codes that are not known are plain. */
export function toneOf(code: string): Tone {
  for (const tone of ['good', 'warn', 'bad'] as const) if (tones[tone].includes(code)) return tone
  return 'plain'
}

/** A status with colour, form and text. */
export function Status({ code, tone = toneOf(code) }: { readonly code: string; readonly tone?: Tone }) {
  return (
    <span className="status" data-tone={tone}>
      <span aria-hidden="true">{signs[tone]}</span>
      {plain(code)}
    </span>
  )
}
