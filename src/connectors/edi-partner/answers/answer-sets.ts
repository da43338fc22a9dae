/** Sets that answer others: they say something about what was sent, not about goods. */
export const answerSets: ReadonlySet<string> = new Set(['997', '999', '824', 'CONTRL', 'APERAK'])
