import { codeUnknown } from '../../backbone/step.ts'
import type { Workplace } from '../workplace.ts'
import type { TranslationPlan } from './translation.ts'

/** Signals of what translate found: what messages came to, parked ones, and codes that no table knows. */
export function reportTranslation(place: Workplace, plan: TranslationPlan): void {
  if (plan.parks.some(({ code }) => code === codeUnknown)) place.bells.codes.ring()
  for (const { connection, code, message } of plan.parks)
    place.signals.messageParked({ connection, reason: code, message })
  for (const outcome of ['applied', 'ignored', 'refused'] as const) {
    const count = plan.outcomes.filter((one) => one.outcome === outcome).length
    if (count > 0) place.signals.messagesTranslated({ outcome, count })
  }
  for (const { connection, table, code } of plan.unknownCodes) place.signals.unknownCode({ connection, table, code })
}
