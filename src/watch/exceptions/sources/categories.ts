import { exceptionCategories } from '../../../model/code-lists/exception-category.ts'
import type { ExceptionCategory } from '../../../model/shipment/codes.ts'
import { type ExceptionRule, exceptionRules } from '../../../model/shipment/exceptions.ts'
import { type FoundException, quotedAll, severities, type ToldException } from '../source.ts'

const differ: Omit<ExceptionRule, 'closes'> = {
  severity: 'warning',
  actionBy: 'shipper',
  nextAction: 'Compare the documents line by line, and have the wrong one corrected.',
}
const rules: Readonly<Record<string, Omit<ExceptionRule, 'closes'>>> = { ...exceptionRules, documents_differ: differ }
const unknown: Omit<ExceptionRule, 'closes'> = {
  severity: 'warning',
  actionBy: 'shipper',
  nextAction: 'Open it and read what was reported.',
}

const actors: Readonly<Record<ExceptionRule['actionBy'], string | undefined>> = {
  shipper: undefined,
  none: undefined,
  carrier: 'carrier',
  consignee: 'consignee',
}

/** The gravest of the categories in an array column. */
export function severityOf(column: string): string {
  const of = (severity: string): string =>
    quotedAll(Object.entries(rules).flatMap(([name, rule]) => (rule.severity === severity ? [name] : [])))
  // A category that the rules do not know is as grave as most are.
  return `CASE WHEN ${column} && ARRAY[${of('critical')}] THEN 'critical' WHEN ${column} <@ ARRAY[${of('info')}] THEN 'info' ELSE 'warning' END`
}

/** What the categories say, the gravest first, and what the gravest needs. */
export function tellCategories({ codes }: FoundException): Pick<ToldException, 'action' | 'actor' | 'wrong'> {
  const rank = (code: string): number => severities.indexOf((rules[code] ?? unknown).severity)
  const sorted = codes.toSorted((a, b) => rank(a) - rank(b))
  const { nextAction, actionBy } = rules[sorted[0] ?? ''] ?? unknown
  const actor = actors[actionBy]
  const wrong = sorted.map((code) => exceptionCategories.values[code as ExceptionCategory] ?? code.replaceAll('_', ' '))
  return { wrong: wrong.join(' '), action: nextAction, ...(actor === undefined ? {} : { actor }) }
}
