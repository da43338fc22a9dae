import { page } from '../markdown.ts'
import { readTree } from '../source-tree.ts'

/** A promise of the business that is kept over the real flow: intake, facts, processes, ledger, connectors, simulated systems. */
export interface Scenario {
  readonly file: string
  readonly about: string
  readonly promise: string
}

/** Files whose tests are about the five processes. Those against the real Tryton run where it is installed. */
const files = [
  'test/scenarios/any-crash.e2e.test.ts',
  'test/scenarios/any-order.test.ts',
  'test/scenarios/arranged-transport.test.ts',
  'test/scenarios/erp-in-trouble.test.ts',
  'test/scenarios/goods-and-money.test.ts',
  'test/scenarios/ship-to-invoice.e2e.test.ts',
  'test/scenarios/what-goes-wrong.test.ts',
  'test/tryton/goods-issue.e2e.test.ts',
  'test/tryton/hub.e2e.test.ts',
  'test/tryton/interrupted.e2e.test.ts',
  'test/tryton/postings.e2e.test.ts',
  'test/tryton/substitutes-hub.e2e.test.ts',
  'test/tryton/substitutes.e2e.test.ts',
]

/** Names of the rows that tests of several cases go through. */
function rowsOf(table: string, text: string): readonly string[] {
  const from = text.indexOf(`export const ${table}`)
  const block = from < 0 ? '' : text.slice(from, text.indexOf('\n}', from))
  return [...block.matchAll(/^ {2}'((?:[^'\\]|\\.)*)': /gm)].map(([, name = '']) => name)
}

const titled = /^( *)(describe|test)(?:\.each\(Object\.entries\((\w+|\{[^}]+\})\)\))?\(\s*'((?:[^'\\]|\\.)*)'/gm

/** Every scenario of these files, as its test is called. */
export function scenarios(): readonly Scenario[] {
  const tests = readTree(['test'])
  const cases = tests.find(({ path }) => path === 'test/scenarios/trade-cases.ts')?.text ?? ''
  return tests
    .filter(({ path }) => files.includes(path))
    .flatMap(({ path: file, text }) => {
      let groups: readonly string[] = ['']
      return [...text.matchAll(titled)].flatMap(([, indent = '', kind, table, title = '']): Scenario[] => {
        const titles = (table?.match(/\w+/g)?.flatMap((one) => rowsOf(one, cases)) ?? ['']).map((one) =>
          title.replace('%s', one),
        )
        if (kind === 'describe') groups = titles
        if (kind === 'describe') return []
        return (indent === '' ? [''] : groups).flatMap((about) => titles.map((promise) => ({ file, about, promise })))
      })
    })
}

/** The index of the scenarios. */
export function scenariosPage(all: readonly Scenario[]): string {
  const byFile = Map.groupBy(all, ({ file }) => file)
  const parts = [...byFile].map(([file, some]) => {
    const byGroup = Map.groupBy(some, ({ about }) => about)
    const lists = [...byGroup].map(([about, ones]) =>
      [...(about === '' ? [] : [`**${about}**`, '']), ...ones.map(({ promise }) => `- ${promise}`)].join('\n'),
    )
    return `## \`${file}\`\n\n${lists.join('\n\n')}\n`
  })
  return page(
    'Scenarios',
    `What the business is promised of orders, invoices, returns, receipts and freight: ${all.length} scenarios over the real flow with simulated systems, or against a real Tryton. Each is a test of this name.`,
    parts,
  )
}
