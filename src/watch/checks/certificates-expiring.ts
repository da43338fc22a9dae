import type { Check } from './check.ts'

/** Certificates that end soon. */
export const certificatesExpiring: Check = {
  id: 'certificates-expiring',
  question: 'Which certificates of partners or our own end soon, or have ended?',
  meaning: 'From that day on nothing is exchanged with the partner.',
  area: 'partners',
  unit: 'certificates',
  unknown: 'No certificate is held for anybody.',
  thresholds: { amber: 1, red: 5 },
  owner: 'integration',
  nextAction: 'Get the next certificate, declare it beside the old one, and apply.',
  list: { page: '/partners', search: {} },
  answer: {
    kind: 'world',
    labels: ['partner', 'use'],
    items: async (world, now) =>
      world.certificates().map(({ tenant, partner, connection, use, subject, validTo, days }) => ({
        tenant,
        labels: { partner, use },
        object: connection,
        number: subject,
        page: '',
        since: validTo - days * 86_400_000,
        detail: `valid until ${new Date(validTo).toISOString()}`,
        isFound: validTo - days * 86_400_000 <= now,
      })),
  },
}
