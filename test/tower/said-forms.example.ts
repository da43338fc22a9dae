interface Scope {
  readonly number: string
  readonly customer?: string
  readonly lines: readonly string[]
}

/** Ways in which a question may be written; a test reads them. */
export const tasks = {
  simple: { question: ({ number }: Scope): string => `Is order ${number} there?` },
  stood: { question: (scope: Scope): string => `Is order ${scope.number} of ${scope.customer ?? 'nobody'} there?` },
  chosen: {
    question: (scope: Scope): string => {
      const late = scope.lines.length > 1 ? 'late' : 'early'
      return `What of ${scope.lines.map((line) => line.trim()).join(', ')}? It is ${late}.`
    },
  },
}
