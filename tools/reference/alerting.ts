import { areas, type Check, labelsOf, metricOf } from '../../src/watch/checks/check.ts'

/** Alerts about the hub itself: what pages somebody at night. */
const platform = [
  {
    alert: 'InterlineMessagesUnaccounted',
    expr: 'max(interline_unaccounted_messages) > 0',
    wait: '5m',
    severity: 'critical',
    summary: 'Messages are in no state.',
  },
  {
    alert: 'InterlineOracleViolated',
    expr: 'max by (check) (interline_oracle_violations) > 0',
    wait: '5m',
    severity: 'critical',
    summary: 'A promise of the hub is broken: {{ $labels.check }}.',
  },
  {
    alert: 'InterlineDuplicatePosting',
    expr: 'increase(interline_duplicate_postings_total[15m]) > 0',
    wait: '0m',
    severity: 'critical',
    summary: '{{ $labels.target }} holds two documents for one posting.',
  },
  {
    alert: 'InterlineLogGap',
    expr: 'increase(interline_log_gaps_total[15m]) > 0',
    wait: '0m',
    severity: 'critical',
    summary: 'The log has a hole.',
  },
  {
    alert: 'InterlineBreakerOpen',
    expr: 'max by (target) (interline_circuit_state) == 1',
    wait: '15m',
    severity: 'critical',
    summary: 'Nothing is sent to {{ $labels.target }}: it does not answer.',
  },
  {
    alert: 'InterlineSlaBudgetUsedUp',
    expr: 'max by (tenant, sla) (interline_sla_budget_used_ratio) >= 1',
    wait: '5m',
    severity: 'critical',
    summary: 'The service level {{ $labels.sla }} has had all misses that its period may have.',
  },
  {
    alert: 'InterlineSlaAtRisk',
    expr: 'max by (tenant, sla) (interline_sla_burn_ratio) > 1',
    wait: '1h',
    severity: 'warning',
    summary: 'The service level {{ $labels.sla }} will be missed if it goes on like that.',
  },
  {
    alert: 'InterlineChecksSilent',
    expr: 'time() - max by (check) (interline_check_answered_timestamp_seconds) > 900',
    wait: '5m',
    severity: 'warning',
    summary: 'The question {{ $labels.check }} was not answered for a quarter of an hour.',
  },
] as const

/** Rules for Prometheus in its own format (JSON is YAML, too): two for each check, by the thresholds of each tenant. */
export function prometheusRules(checks: readonly Check[]): object {
  return {
    groups: [
      { name: 'interline-business', rules: checks.flatMap((check) => [ruleOf(check, 'red'), ruleOf(check, 'amber')]) },
      {
        name: 'interline-platform',
        rules: platform.map(({ alert, expr, wait, severity, summary }) => ({
          ...{ alert, expr, for: wait, labels: { severity }, annotations: { summary } },
        })),
      },
    ],
  }
}

function ruleOf({ id, question, area, owner, nextAction }: Check, state: 'red' | 'amber'): unknown {
  const name = id.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return {
    alert: `Interline${name}${state === 'red' ? 'Red' : 'Amber'}`,
    expr: `max by (tenant) (interline_check_state{check="${id}"}) == ${state === 'red' ? 2 : 1}`,
    for: state === 'red' ? '10m' : '1h',
    labels: { severity: state === 'red' ? 'critical' : 'warning', area, owner },
    annotations: { summary: question, description: nextAction, command: `interline checks show ${id}` },
  }
}

const width = 24
const panelHeight = 7

/** A dashboard for Grafana: how all questions stand, and a row of panels for each part of the business. */
export function grafanaDashboard(checks: readonly Check[]): object {
  let y = 0
  const panels: unknown[] = []
  const add = (panel: object, place: { readonly x: number; readonly w: number; readonly h: number }): void => {
    panels.push({ id: panels.length + 1, ...panel, gridPos: { ...place, y } })
  }
  add({ ...statePanel, datasource }, { x: 0, w: width, h: panelHeight })
  y += panelHeight
  for (const area of areas) {
    const own = checks.filter((check) => check.area === area)
    if (own.length === 0) continue
    add({ type: 'row', title: area, collapsed: false, panels: [] }, { x: 0, w: width, h: 1 })
    y += 1
    for (const [index, check] of own.entries()) {
      add(panelOf(check), { x: (index % 3) * 8, w: 8, h: panelHeight })
      if (index % 3 === 2 || index === own.length - 1) y += panelHeight
    }
  }
  return {
    ...{ uid: 'interline-business', title: 'Interline: is the business flowing?', schemaVersion: 39, version: 1 },
    ...{ editable: true, refresh: '1m', time: { from: 'now-7d', to: 'now' }, tags: ['interline'] },
    templating: {
      list: [
        { name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' },
        {
          ...{ name: 'tenant', type: 'query', datasource, includeAll: true, multi: true, refresh: 2 },
          query: { query: 'label_values(interline_check_state, tenant)', refId: 'tenant' },
        },
      ],
    },
    panels,
  }
}

const datasource = { type: 'prometheus', uid: '${datasource}' } as const

const statePanel = {
  type: 'state-timeline',
  title: 'How every question stands',
  targets: [
    { refId: 'A', expr: 'max by (check) (interline_check_state{tenant=~"$tenant|\\\\*"})', legendFormat: '{{check}}' },
  ],
  fieldConfig: {
    defaults: {
      mappings: [
        {
          type: 'value',
          options: {
            0: { text: 'green', color: 'green' },
            1: { text: 'amber', color: 'orange' },
            2: { text: 'red', color: 'red' },
          },
        },
      ],
    },
    overrides: [],
  },
} as const

function panelOf(check: Check): object {
  const { question, meaning, nextAction, unit, thresholds, owner } = check
  const labels = labelsOf(check)
  const join = unit === 'seconds' ? 'max' : 'sum'
  const steps = [
    { color: 'green', value: null },
    { color: 'orange', value: thresholds.amber },
    { color: 'red', value: thresholds.red },
  ]
  return {
    ...{ type: 'timeseries', title: question, description: `${meaning} ${owner}: ${nextAction}`, datasource },
    targets: [
      {
        refId: 'A',
        expr: `${join} by (${labels.join(', ') || 'tenant'}) (${metricOf(check)}{tenant=~"$tenant|\\\\*"})`,
        legendFormat: labels.map((name) => `{{${name}}}`).join(' ') || '{{tenant}}',
      },
    ],
    fieldConfig: {
      defaults: { unit: unit === 'seconds' ? 's' : 'none', min: 0, thresholds: { mode: 'absolute', steps } },
      overrides: [],
    },
  }
}
