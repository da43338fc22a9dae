import type { Check } from './check.ts'

/** The figure that must be zero. */
export const messagesUnaccounted: Check = {
  id: 'messages-unaccounted',
  question: 'How many messages are in no state?',
  meaning: 'Every message is applied, ignored, refused, parked or pending. One that is none of these is lost.',
  area: 'platform',
  unit: 'messages',
  unknown: 'Never: the accounting always adds up, or does not.',
  thresholds: { amber: 1, red: 1 },
  owner: 'integration',
  nextAction:
    'This is a fault of the hub. Keep the database as it is and report it with the output of interline doctor.',
  answer: {
    kind: 'world',
    labels: [],
    items: async (world, now) => {
      const unaccounted = await world.unaccounted()
      return [
        {
          tenant: '*',
          labels: {},
          object: 'accounting',
          number: '',
          page: '',
          since: now,
          detail: `${unaccounted} inputs are unaccounted for`,
          isFound: unaccounted > 0,
          weight: unaccounted,
        },
      ]
    },
  },
}
