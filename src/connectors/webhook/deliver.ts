import type { Operation, Reading as Outcome, Reply } from '../kit/connector.ts'

interface Settings {
  readonly url: string
  readonly secrets: readonly string[]
}

/** One event to one subscriber. The webhook id is the fact's id: the same on every attempt, so receivers can tell repetitions. */
export const deliver: Operation<Settings> = {
  command: 'deliver',
  write: true,
  ask: ({ payload, externalReference }, settings) => ({
    method: 'POST',
    url: settings.url,
    contentType: 'application/cloudevents+json; charset=utf-8',
    body: JSON.stringify(payload),
    sign: { scheme: 'standard-webhooks', id: externalReference, secrets: settings.secrets },
  }),
  read,
  idempotency: { strategy: 'native-key', retentionHours: 100 },
}

/** 2xx is success and nothing else. A redirect is not followed; 410 ends the subscription; all other noes are tried by schedule. */
function read({ status, headers }: Reply): Outcome {
  if (status >= 200 && status < 300) return { outcome: 'applied' }
  if (status === 410)
    return { outcome: 'gone', reason: 'The subscriber answered 410: it does not want to be told any more.' }
  if (status >= 300 && status < 400)
    return {
      outcome: 'retry',
      reason: `The subscriber answered ${status} to ${hostOf(headers.location)}; redirects are not followed.`,
    }
  return { outcome: 'retry', reason: `The subscriber answered ${status}.` }
}

function hostOf(location: string | undefined): string {
  if (location === undefined) return 'nowhere'
  try {
    return new URL(location).hostname
  } catch {
    return 'an address that is none'
  }
}
