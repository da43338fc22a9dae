import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { checks } from '../src/watch/checks/all.ts'
import { root } from '../tools/source-tree.ts'
import { expectNone } from './expect-none.ts'

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string }
}

interface Panel {
  readonly type: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly { readonly expr: string }[]
}

const text = (path: string): string => readFileSync(join(root, path), 'utf8')
const { groups, ...others } = parse(text('schemas/prometheus-rules.yml')) as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[]
}
const { panels } = JSON.parse(text('schemas/grafana-dashboard.json')) as { readonly panels: readonly Panel[] }
const metrics = new Set(
  [...text('docs/reference/metrics.md').matchAll(/^\| `(interline_\w+)`/gm)].map(([, name]) => name),
)
const named = (expression: string): readonly string[] => expression.match(/\binterline_\w+/g) ?? []
const rules = groups.flatMap((group) => group.rules)

test('Prometheus is given only keys that it knows, and each alert once', () => {
  expect(Object.keys(others)).toEqual([])
  expect(groups.map((group) => Object.keys(group))).toEqual(groups.map(() => ['name', 'rules']))
  const known = ['alert', 'expr', 'for', 'labels', 'annotations']
  expectNone(rules.filter((rule) => Object.keys(rule).some((key) => !known.includes(key))).map(({ alert }) => alert))
  expectNone(rules.filter((rule) => !/^\d+[smh]$/.test(rule.for)).map(({ alert }) => alert))
  expectNone(rules.filter(({ alert }) => !/^Interline[A-Za-z]+$/.test(alert)).map(({ alert }) => alert))
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
})

test('every check has an alert for red and for amber', () => {
  for (const { id } of checks) {
    const own = rules.filter(({ expr }) => expr.includes(`check="${id}"`))
    expect(own.map(({ labels }) => labels.severity).toSorted(), id).toEqual(['critical', 'warning'])
  }
})

test('every alert and every panel asks for metrics that there are', () => {
  expect(metrics.size).toBeGreaterThan(50)
  const asked = [
    ...rules.map(({ alert, expr }) => ({ who: alert, expr })),
    ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => ({ who: 'panel', expr }))),
  ]
  expectNone(
    asked.flatMap(({ who, expr }) => named(expr).flatMap((name) => (metrics.has(name) ? [] : [`${who}: ${name}`]))),
  )
  expect(asked.every(({ expr }) => named(expr).length > 0)).toBe(true)
})

test('the dashboard has a panel for every check, and none lies on another', () => {
  expect(panels.filter(({ type }) => type === 'timeseries')).toHaveLength(checks.length)
  const covers = (a: Panel['gridPos'], b: Panel['gridPos']): boolean =>
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
  const clashes = panels.flatMap((one, index) =>
    panels.slice(index + 1).filter((other) => covers(one.gridPos, other.gridPos)),
  )
  expect(clashes).toEqual([])
  expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
})
