import type { Field } from '../../../base/fields.ts'
import type { BusinessAnswer } from '../../../model/transmission/business-answer.ts'
import type { ExpectedResponse } from '../../../model/transmission/report.ts'

/** What the business of a partner owes for each kind of document. */
const answers: Readonly<Record<string, BusinessAnswer>> = {
  '180': 'return_authorization',
  '204': 'tender_response',
  '211': 'transport_status',
  '850': 'order_response',
  '856': 'receiving_advice',
  '860': 'order_response',
  '940': 'shipping_advice',
  '943': 'receiving_advice',
  DESADV: 'receiving_advice',
  IFTMBF: 'tender_response',
  IFTMIN: 'transport_status',
  ORDCHG: 'order_response',
  ORDERS: 'order_response',
}
const minutesMax = 525_600

/** A setting that says how long the business of a partner may take to answer, by the set that it answers. */
export function responseTimes(description: string): Field<readonly string[]> {
  const parse = (value: unknown): readonly string[] => {
    const entries: readonly unknown[] = Array.isArray(value) ? value : String(value).split(',')
    return entries
      .map((one) => String(one).replaceAll(' ', ''))
      .filter((one) => one !== '')
      .map(checked)
  }
  return { kind: 'list', description, default: [], required: false, secret: false, parse }
}

function checked(entry: string): string {
  const [set = '', minutes = ''] = entry.split('=')
  const count = /^\d{1,6}$/.test(minutes) ? Number(minutes) : 0
  if (!Object.hasOwn(answers, set) || count < 1 || count > minutesMax)
    throw new Error(
      `expected a set that is answered and minutes up to ${minutesMax}, such as 204=120; sets are ${Object.keys(answers).join(', ')}`,
    )
  return entry
}

/** What is expected for a document of this kind by the agreement; a deadline of the object itself goes before its minutes. */
export function expectedResponse(
  set: string,
  responseMinutes: readonly string[],
  by: string | undefined,
): ExpectedResponse | undefined {
  const answer = answers[set]
  const minutes = Number(responseMinutes.find((entry) => entry.startsWith(`${set}=`))?.split('=')[1] ?? 0)
  if (answer === undefined || (minutes === 0 && by === undefined)) return undefined
  return { answer, minutes, ...(by === undefined ? {} : { by }) }
}
