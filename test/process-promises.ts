import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Definition } from '../src/processes/engine/definition.ts'
import { readBranch } from '../src/processes/engine/instance.ts'
import { undeclared } from './declared-facts.ts'
import { ProcessRun, type Told } from './process-run.ts'

/**
 * What holds for every process, whatever it is about: told in any order and twice, with outcomes, timers and people in between. `cases` are
 * the facts of one case each, in their usual order; `policy` what a tenant may have set.
 */
export function processPromises(
  definition: Definition,
  cases: Readonly<Record<string, readonly Told[]>>,
  policy?: Readonly<Record<string, unknown>>,
): void {
  const policyOf = policy === undefined ? {} : { policy }
  for (const [name, facts] of Object.entries(cases)) {
    test(`${definition.id}, ${name}: in any order and however often, nothing is asked twice and nothing waits for ever`, () => {
      const moves = fc.array(fc.nat(1000), { minLength: facts.length, maxLength: facts.length * 3 + 20 })
      fc.assert(
        fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length }), moves, (order, choices) => {
          const run = new ProcessRun(definition, policyOf)
          const rest = [...order]
          for (const choice of choices) {
            const before = run.facts.length
            const because = happen(run, rest, choice)
            judge(run, before, because)
          }
        }),
        { numRuns: 200 },
      )
    })
  }
  if (definition.version > 1)
    test(`${definition.id}: an instance that the version before has stored goes on wherever it stood`, () => {
      for (const facts of Object.values(cases))
        for (let told = 1; told < facts.length; told++) {
          const before = facts
            .slice(0, told)
            .reduce((run, fact) => run.tell(fact), new ProcessRun(definition, policyOf))
          const { instance } = before
          if (instance?.startedAt === undefined) continue
          const stored = { ...instance, version: definition.version - 1 }
          const run = facts.slice(told).reduce((one, fact) => one.tell(fact), ProcessRun.resumed(definition, stored))
          expect(run.instance?.version).toBe(definition.version)
          const again = [...before.asked, ...run.asked]
          expect(new Set(again).size, 'asked twice').toBe(again.length)
        }
    })
  test(`${definition.id}: what is ignored somewhere is a fact that it knows, and nothing waits for it there`, () => {
    const states = Object.values(definition.branches).flatMap((one) => Object.entries(one.states))
    for (const [fact, { ignored = {} }] of Object.entries(definition.subscribes))
      for (const name of Object.keys(ignored)) {
        const [, state] = states.find(([one]) => one === name) ?? []
        expect(
          (state?.next ?? []).flatMap(({ awaits }) => awaits),
          `${name} ignores ${fact}`,
        ).not.toContain(fact)
      }
  })
}

/** Something happens: the next fact is told, an effect comes out, a timer goes off, somebody answers. What it was. */
function happen(run: ProcessRun, rest: Told[], choice: number): string {
  const waiting = Object.values(run.instance?.effects ?? {}).filter(({ status }) => status === 'wanted')
  const possible: (() => string)[] = [
    () => {
      const next = rest.shift()
      if (next === undefined) return ''
      run.tell(next)
      return next.type
    },
    ...waiting.map((one) => () => {
      run.outcome(one.command, (['applied', 'applied', 'refused', 'parked'] as const)[choice % 4] ?? 'applied')
      return `effect`
    }),
    ...[...run.timers.keys()].map((name) => () => {
      run.fire(name.slice(run.definition.id.length + 1))
      return `timer ${readBranch(name.slice(run.definition.id.length + 1)).name}`
    }),
    ...[...run.tasks.values()].map(({ name, decisions }) => () => {
      const all = decisions as readonly { readonly name: string }[]
      run.answer(name, all[choice % all.length]?.name ?? '')
      return name.startsWith('resolve-') ? 'effect' : `task ${name}`
    }),
  ]
  return possible[choice % possible.length]?.() ?? ''
}

function judge(run: ProcessRun, before: number, because: string): void {
  const { instance, definition } = run
  if (instance === undefined) return
  expect(undeclared(run.facts.slice(before)), 'facts are as declared').toEqual([])
  const asked = run.asked
  expect(new Set(asked).size, 'asked twice').toBe(asked.length)
  const [first] = run.facts.slice(before).filter(({ type }) => type === 'process.moved')
  const from = first?.data['from']
  if (typeof from === 'string' && !isCancelled(definition, first?.data ?? {})) {
    const branch = first?.data['branch']
    const { name } = readBranch(typeof branch === 'string' ? branch : 'main')
    const state = definition.branches[name]?.states[from]
    // A fact that calls the process off leads where a cancellation leads.
    const calledOff =
      definition.subscribes[because]?.cancels !== undefined && state?.cancel === first?.data['to'] ? [because] : []
    const awaits = [...(state?.next ?? []).flatMap((one) => one.awaits), ...calledOff]
    // What moves a process is what its page says: the generated matrix does not lie.
    expect(
      awaits.map((one) => (one.startsWith('effect ') ? 'effect' : one)),
      `${from} was left by ${because}`,
    ).toContain(because)
  }
  for (const [branch, { state }] of Object.entries(instance.at)) {
    const { name, key } = readBranch(branch)
    if (definition.branches[name]?.states[state]?.final === true) continue
    const isTimed = Object.keys(instance.armed).some((timer) => readBranch(timer).key === key)
    const isAsked = Object.entries(instance.tasks).some(([, { status }]) => status === 'open')
    const isUnderWay = Object.values(instance.effects).some((one) => one.branch === branch && one.status === 'wanted')
    expect(isTimed || isAsked || isUnderWay, `${branch} ${state} waits for ever`).toBe(true)
  }
}

/** A cancellation leads where the state says. */
function isCancelled({ branches }: Definition, { branch, from, to }: Readonly<Record<string, unknown>>): boolean {
  const { name } = readBranch(typeof branch === 'string' ? branch : '')
  return to !== undefined && branches[name]?.states[typeof from === 'string' ? from : '']?.cancel === to
}
