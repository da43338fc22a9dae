import { areas, type Check, labelsOf, metricOf } from '../../src/watch/checks/check.ts'
import { code, page, table } from '../markdown.ts'

/** The reference of business checks, a section for each part of the business. */
export function checksPage(checks: readonly Check[]): string {
  const rowOf = (check: Check): readonly string[] => {
    const { id, question, meaning, unit, unknown, thresholds, graceMinutes = 0, owner, nextAction } = check
    return [
      code(id),
      `${question} ${meaning}`,
      `${unit}; unknown: ${unknown}`,
      `${thresholds.amber} / ${thresholds.red}`,
      graceMinutes === 0 ? '' : String(graceMinutes),
      `${code(metricOf(check))} ${labelsOf(check).map(code).join(', ')}`.trim(),
      `${owner}: ${nextAction}`,
    ]
  }
  const head = [
    'check',
    'question, and why',
    'what is counted',
    'amber / red',
    'grace, minutes',
    'metric',
    'who, and what next',
  ]
  return page(
    'Business checks',
    'Every question that the hub asks itself about the business, at least once a minute while the database has room for it. The answers are at `/v1/checks`, in the control tower, in `interline checks` and as metrics; tenants set other figures in [manifests](manifests.md#checks). [Guide](../guides/checks.md).',
    areas.flatMap((area) => {
      const own = checks.filter((one) => one.area === area)
      return own.length === 0 ? [] : [`## ${area}`, table(head, own.map(rowOf))]
    }),
  )
}
