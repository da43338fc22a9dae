import { type PostingTimes, postingTimes } from '../../flow/dispatch/verdict.ts'
import type { FlowSettings } from '../../flow/workplace.ts'
import type { Settings } from './settings.ts'

/** What of the settings the flow works by. */
export function flowSettings(settings: Settings): FlowSettings {
  const {
    batchMessages,
    batchBytes,
    queueMessages,
    queueBytes,
    leaseSeconds,
    waitingHours,
    statesMax,
    statesMegabytes,
    identifiersMax,
    inline,
  } = settings
  return {
    batchMessages,
    batchBytes,
    queueMessages,
    queueBytes,
    leaseSeconds,
    waitingHours,
    statesMax,
    statesCharacters: statesMegabytes * 1024 * 1024,
    identifiersMax,
    inline,
    pollMs: settings.pollMilliseconds,
  }
}

/** Times of the posting protocol; those that are settings as they are set. */
export function flowTimes({ claimSeconds, vanishedSeconds }: Settings): PostingTimes {
  return { ...postingTimes, claimMs: claimSeconds * 1000, vanishedMs: vanishedSeconds * 1000 }
}
