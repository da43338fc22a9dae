import type { Check } from './check.ts'

/** What the oracle found. */
export const promisesBroken: Check = {
  id: 'promises-broken',
  question: 'Which promises of the hub does the oracle find broken?',
  meaning: 'Accounting, density of the log, order of postings, work that nobody does: each must hold at every moment.',
  area: 'platform',
  unit: 'violations',
  unknown: 'Never: the oracle looks every minute.',
  thresholds: { amber: 1, red: 1 },
  owner: 'integration',
  nextAction: 'Keep the database as it is and report it: the log line oracleViolated names the subject.',
  answer: {
    kind: 'world',
    labels: ['promise'],
    items: async (world, now) => [
      ...world.violations().map(({ check, subject, detail }) => ({
        tenant: '*',
        labels: { promise: check },
        object: subject,
        number: '',
        page: '',
        since: now,
        detail,
        isFound: true,
      })),
      // What was looked at and found whole.
      { tenant: '*', labels: {}, object: '', number: '', page: '', since: now, detail: '', isFound: false },
    ],
  },
}
