import type { Signal } from './signal.ts'

/** What happens to those who come in. */
export const accessSignals = {
  breakGlassUsed: {
    level: 'warn',
    about: 'Somebody came in by a password that is for emergencies: their organisation has them sign in otherwise.',
    fields: { person: 'code' },
    metric: { name: 'interline_break_glass_total' },
  },
  clientChanged: {
    level: 'info',
    about: 'A client of OAuth was created, got other credentials, or was revoked.',
    fields: { client: 'code', tenant: 'code', change: 'code' },
  },
  identityRefused: {
    level: 'warn',
    about: 'An identity provider did not prove who somebody is, or vouched for somebody who may not come in.',
    fields: { provider: 'code', code: 'code' },
    metric: { name: 'interline_identity_refusals_total' },
  },
  keyChanged: {
    level: 'info',
    about: 'An API key was created, replaced by a new one or revoked.',
    fields: { key: 'code', tenant: 'code', change: 'code' },
  },
  personChanged: {
    level: 'info',
    about: 'Somebody was let in, has changed, or may not come in any more.',
    fields: { person: 'code', by: 'code', change: 'code' },
  },
} as const satisfies Readonly<Record<string, Signal>>
