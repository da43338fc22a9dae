import { type Answer, numberOf, recordOf, recordsOf, textOf } from './answer.ts'
import { harmless, table } from './output.ts'

const states = ['queued', 'sending', 'awaiting', 'unknown', 'applied', 'refused', 'parked', 'cancelled'] as const

/** The answer of `/v1/overview`, and of the simulated network where one runs, on one screen of at most `columns`. */
export function overviewText(
  hub: Answer,
  about: { readonly url: string; readonly columns: number; readonly simulation?: Answer | undefined },
): string {
  const { url, columns, simulation } = about
  const messages = recordOf(hub['messages'])
  const counts = (names: readonly string[], of: Answer): string =>
    names.map((name) => `${name} ${numberOf(of, name)}`).join('  ')
  const lines = [
    `Interline  ${url}  ${textOf(hub, 'at').slice(0, 19).replace('T', ' ')}`,
    '',
    `messages    ${counts(['received', 'applied', 'parked', 'pending', 'duplicates', 'unaccounted'], messages)}`,
    `shipments   ${listed(recordsOf(hub['shipments']), 'status') || 'none in the last seven days'}`,
    `exceptions  ${listed(recordsOf(hub['exceptions']), 'category') || 'none'}`,
    ...documentLines(recordsOf(hub['documents'])),
    ...taskLines(recordsOf(hub['tasks'])),
    ...(simulation === undefined ? [] : simulated(simulation)),
    '',
    effectsTable(recordsOf(hub['effects'])),
  ]
  const text = lines.flatMap((line) => line.split('\n')).map((line) => fit(harmless(line), columns))
  return text.join('\n')
}

/** Documents to EDI partners, over all of them; no line where there are none. */
function documentLines(documents: readonly Answer[]): string[] {
  const sums = new Map<string, number>()
  for (const one of documents) {
    const status = textOf(one, 'status')
    sums.set(status, (sums.get(status) ?? 0) + numberOf(one, 'count'))
  }
  if (sums.size === 0) return []
  return [`documents   ${[...sums].map(([status, count]) => `${status} ${count}`).join('  ')}`]
}

function simulated(simulation: Answer): string[] {
  const day = textOf(simulation, 'scenario') || 'no day'
  const faults = Object.entries(recordOf(simulation['faults'])).map(
    ([name, share]) => `${name} ${Number(share) * 100}%`,
  )
  const [told, total] = [numberOf(simulation, 'told'), numberOf(simulation, 'total')]
  return [
    `simulation  ${day}, ${told} of ${total} messages told; faults: ${faults.join(', ') || 'none'}`,
    `            ERP has ${numberOf(simulation, 'erpDocuments')} documents, ${numberOf(simulation, 'erpDoubles')} of them double; ` +
      `customer has heard ${numberOf(simulation, 'webhooks')} events`,
  ]
}

function listed(rows: readonly Answer[], name: string): string {
  return rows.map((row) => `${textOf(row, name)} ${numberOf(row, 'count')}`).join('  ')
}

/** Nothing where nobody has to decide anything. */
function taskLines(tasks: readonly Answer[]): string[] {
  if (tasks.length === 0) return []
  const roles = tasks.map((one) => {
    const overdue = numberOf(one, 'overdue')
    return `${textOf(one, 'role')} ${numberOf(one, 'open')}${overdue === 0 ? '' : ` (${overdue} late)`}`
  })
  return [`tasks       ${roles.join('  ')}`]
}

/** One line per target, one column per state that occurs. */
function effectsTable(effects: readonly Answer[]): string {
  if (effects.length === 0) return 'No effects yet.'
  const used = states.filter((state) => effects.some((one) => textOf(one, 'state') === state))
  const targets = [...new Set(effects.map((one) => textOf(one, 'target')))]
  const rows = targets.map((target) => {
    const own = effects.filter((one) => textOf(one, 'target') === target)
    const sums = used.map((state) => [
      state,
      own.filter((one) => textOf(one, 'state') === state).reduce((sum, one) => sum + numberOf(one, 'count'), 0),
    ])
    return { effects: target, ...Object.fromEntries(sums) }
  })
  return table(rows, ['effects', ...used.map((key) => ({ key, right: true }))])
}

function fit(line: string, columns: number): string {
  return line.length <= columns ? line : `${line.slice(0, columns - 1)}…`
}
