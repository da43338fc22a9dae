import type { Definition } from '../../src/processes/engine/definition.ts'
import { code, page, table } from '../markdown.ts'
import { readTree } from '../source-tree.ts'

/** What a process declares, and what of it a test of its folder names. The rest is reached by chance, by the property that all have. */
interface Named {
  readonly all: readonly string[]
  readonly missing: readonly string[]
}

interface Audit {
  readonly definition: Definition
  readonly tests: number
  readonly timers: Named
  readonly decisions: Named
  readonly effects: Named
  readonly cancelled: Named
  readonly isPromised: boolean
}

/** Which tests hold a process to its word: names that a person chose, beside what any order, repetition and chance reach. */
export function processTestsPage(definitions: readonly Definition[]): string {
  const audits = definitions.map(audit)
  const rows = audits.map(({ definition, tests, timers, decisions, effects, cancelled, isPromised }) => [
    `[${definition.title}](${definition.id}.md)`,
    String(tests),
    share(timers),
    share(decisions),
    share(effects),
    share(cancelled),
    isPromised ? 'yes' : 'no',
    // The property goes on with what the version before has stored.
    definition.version === 1 ? 'first version' : isPromised ? 'yes' : 'no',
  ])
  const head = [
    'process',
    'tests',
    'timers fired by name',
    'decisions taken by name',
    'commands answered by name',
    'states called off by name',
    'any order, twice, by chance',
    'older instances go on',
  ]
  const rest = audits.flatMap(({ definition, ...one }) =>
    (['timers', 'decisions', 'effects', 'cancelled'] as const).flatMap((kind) =>
      one[kind].missing.length === 0 ? [] : [[definition.title, words[kind], one[kind].missing.map(code).join(', ')]],
    ),
  )
  return page(
    'How processes are tested',
    'What each process declares, and how much of it a test in its folder names: timers that go off, decisions that people take, commands that are answered, states in which it is called off. Counted from declarations and tests.',
    [
      table(head, rows),
      'For every process one property tells the facts of its cases in any order, twice and half, with every timer, every decision and every outcome (applied, refused, unknown) in between, and the instance as text between any two steps, as after a crash. It checks that nothing is asked twice, that no state waits for ever, that a state is only left for what it says it awaits, and that facts are as declared. `defineProcess` refuses a state that is not final and has neither timer nor task, and a name that nobody declares. Cases over the whole flow are the [scenarios](../scenarios.md).',
      '## Reached by the property alone',
      rest.length === 0 ? 'Nothing.' : table(['process', 'what', 'names'], rest),
    ],
  )
}

const words = {
  timers: 'timers',
  decisions: 'decisions',
  effects: 'commands',
  cancelled: 'states with a cancellation of their own',
} as const

function audit(definition: Definition): Audit {
  const files = readTree([`src/processes/${definition.id}`]).filter(({ path }) => path.endsWith('.test.ts'))
  const text = files.map((file) => file.text).join('\n')
  // A timer of a branch with keys carries its key: `ack/80000001`.
  const isNamed = (name: string): boolean => new RegExp(`['\`]${name}['\`/]|\\b${name}: ['\\[]`).test(text)
  const named = (all: readonly string[], is: (one: string) => boolean): Named => ({
    all,
    missing: all.filter((one) => !is(one)),
  })
  const decisions = Object.entries(definition.tasks).flatMap(([task, one]) =>
    one.decisions.map(({ name }) => `${task}: ${name}`),
  )
  const states = Object.values(definition.branches).flatMap((branch) =>
    Object.entries(branch.states).flatMap(([name, { cancel }]) => (cancel === undefined ? [] : [name])),
  )
  const commands = [...new Set(Object.values(definition.effects).map(({ command }) => command))]
  return {
    definition,
    tests: [...text.matchAll(/^ *test(?:\.each)?\(/gm)].length,
    timers: named(Object.keys(definition.timers), isNamed),
    decisions: named(decisions, (one) => one.split(': ').every(isNamed)),
    effects: named(commands, (one) => isNamed(one) || text.includes(`${one} `)),
    cancelled: named([...new Set(states)], isNamed),
    isPromised: text.includes('processPromises('),
  }
}

function share({ all, missing }: Named): string {
  return all.length === 0 ? 'none' : `${all.length - missing.length} of ${all.length}`
}
