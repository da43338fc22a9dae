import type { Connector } from '../../src/connectors/kit/connector.ts'
import { fieldsOf } from '../../src/model/task/field.ts'
import type { TaskChoice } from '../../src/model/task/report.ts'
import type { Branch, Definition, StateDefinition } from '../../src/processes/engine/definition.ts'
import { cellOf } from '../../src/processes/engine/matrix.ts'
import { code, page, table } from '../markdown.ts'
import { carriersOut, unconnected } from './carriers-out.ts'

/** All processes in one table. */
export function processesPage(definitions: readonly Definition[]): string {
  const rows = definitions.map(({ id, title, version, about, key }) => [
    `[${title}](${id}.md)`,
    `${version}`,
    key,
    about,
  ])
  return page(
    'Processes',
    'What the hub carries through over many systems, made of the definitions in `src/processes`. How one is written: [the guide](../../guides/processes.md).',
    [table(['process', 'version', 'one for each', 'what it does'], rows)],
  )
}

/** The page of one process: a diagram and tables, made of its definition. */
export function processPage(definition: Definition, connectors: readonly Connector[]): string {
  const { title, about, id, version, key, branches, optIn } = definition
  return page(`${title}`, about, [
    `Process \`${id}\`, version ${version}. One instance for each: ${key}`,
    ...(optIn === true
      ? ['Only for tenants who choose it: list it under `processes` in a [manifest](../manifests.md).']
      : []),
    ...Object.entries(branches).flatMap(([name, branch]) => branchSections(definition, name, branch)),
    ...factSections(definition),
    ...effectSection(definition, connectors),
    ...listSections(definition),
  ])
}

function branchSections(definition: Definition, name: string, branch: Branch): string[] {
  const { about, states, initial, each } = branch
  const title = Object.keys(definition.branches).length === 1 ? 'States' : `Branch ${name}`
  const rows = Object.entries(states).map(([state, one]) => [
    code(state),
    one.about,
    holds(one),
    leads(one),
    cancelled(one),
  ])
  return [
    `## ${title}`,
    `${about}${each === undefined ? '' : ' There may be several at a time.'}`,
    diagram(initial, states),
    table(['state', 'what it means', 'meanwhile', 'then', 'called off'], rows),
  ]
}

function diagram(initial: string, states: Branch['states']): string {
  const plain = (text: string): string => text.replaceAll('-', '_')
  const lines = Object.entries(states).flatMap(([state, one]) => [
    ...(one.next ?? []).map(
      ({ to, label }) => `  ${plain(state)} --> ${plain(to)}: ${label.replaceAll(/[:;#]/g, ',')}`,
    ),
    ...(one.final === true ? [`  ${plain(state)} --> [*]`] : []),
  ])
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${plain(initial)}`, ...lines, '```'].join('\n')
}

function holds({ effects = [], timers = [], tasks = [], says = [], undoes }: StateDefinition): string {
  const parts = [
    ...(effects.length > 0 ? [`asks for ${effects.map(code).join(', ')}`] : []),
    ...(says.length > 0 ? [`says ${says.map(code).join(', ')}`] : []),
    ...(undoes === true ? ['takes back what was done, the last first'] : []),
    ...(timers.length > 0 ? [`timers ${timers.map(code).join(', ')}`] : []),
    ...(tasks.length > 0 ? [`tasks ${tasks.map(code).join(', ')}`] : []),
  ]
  return parts.join('; ')
}

function leads({ next = [], skip = [] }: StateDefinition): string {
  return [...next.map(({ to, label }) => `${label} → ${code(to)}`), ...skip.map((to) => `by hand → ${code(to)}`)].join(
    '\n',
  )
}

function cancelled({ cancel, final }: StateDefinition): string {
  if (cancel === undefined) return final === true ? '' : 'waits'
  return typeof cancel === 'string' ? `→ ${code(cancel)}` : `refused: ${code(cancel.refused)}`
}

function factSections(definition: Definition): string[] {
  const { subscribes, branches } = definition
  const facts = Object.entries(subscribes)
  const states = Object.entries(branches).flatMap(([branch, { states: all }]) =>
    Object.entries(all).map(([name, state]) => ({ branch, name, state })),
  )
  const shown = (name: string, state: StateDefinition, fact: string): string => {
    const cell = cellOf(definition, [name, state], fact)
    if (cell.kind === 'moves') return cell.to.map((to) => `→ ${to}`).join('\n')
    return cell.kind === 'ignored' ? `ignored: ${cell.reason}` : 'remembered'
  }
  const isOnly = Object.keys(branches).length === 1
  return [
    '## Facts',
    table(
      ['fact', 'what it means', 'may begin it'],
      facts.map(([type, { about, starts, cancels }]) => [
        code(type),
        `${about}${cancels === undefined ? '' : ' It may call the process off.'}`,
        starts === undefined || starts === false ? '' : 'yes',
      ]),
    ),
    'Every fact in every state. What is remembered is found when a later state looks for it, however early it came.',
    table(
      ['state', ...facts.map(([type]) => code(type))],
      states.map(({ branch, name, state }) => [
        isOnly ? code(name) : `${branch} ${code(name)}`,
        ...facts.map(([type]) => shown(name, state, type)),
      ]),
    ),
  ]
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`## ${title}`, table(head, rows)]
}

/** What is asked for, of whom, and which connectors can be routed to. */
function effectSection({ effects }: Definition, connectors: readonly Connector[]): string[] {
  const by = (command: string): string => {
    const ids = carriersOut(command, connectors)
    return ids.length > 0 ? ids.map(code).join(', ') : `no connector yet: ${unconnected[command] ?? ''}`
  }
  const problem = ({ handled, required, role }: Definition['effects'][string]): string =>
    `${handled === true ? 'the states deal with it' : `task for ${role}`}${required === true ? ', also where no route leads' : ''}`
  return section(
    'Effects',
    ['effect', 'command', 'what for', 'carried out by', 'taken back by', 'refused or unknown'],
    Object.entries(effects).map(([name, one]) => [
      code(name),
      code(one.command),
      one.about,
      by(one.command),
      code(one.undo ?? ''),
      problem(one),
    ]),
  )
}

function listSections({ policies = {}, says = {}, timers, tasks, kpis, calendars = {} }: Definition): string[] {
  return [
    ...section(
      'Policies',
      ['policy', 'what it does'],
      Object.entries(policies).map(([name, what]) => [code(name), what]),
    ),
    ...section(
      'What it says',
      ['name', 'what'],
      Object.entries(says).map(([name, { about }]) => [code(name), about]),
    ),
    ...section(
      'Timers',
      ['timer', 'awaited', 'how long', 'from', 'then'],
      Object.entries(timers).map(([name, { about, lasts, from, then }]) => [code(name), about, lasts, from, then]),
    ),
    ...section(
      'Calendars',
      ['calendar', 'whose time'],
      Object.entries(calendars).map(([name, whose]) => [code(name), whose]),
    ),
    ...section(
      'Tasks',
      ['task', 'who', 'why', 'decisions'],
      Object.entries(tasks).map(([name, { role, about, decisions }]) => [
        code(name),
        role,
        about,
        decisions
          .map(
            (one) => `${code(one.name)}${one.fourEyes === true ? ' (two people)' : ''}: ${one.consequence}${said(one)}`,
          )
          .join('\n'),
      ]),
    ),
    ...section(
      'What is measured',
      ['figure', 'meaning'],
      Object.entries(kpis).map(([name, about]) => [code(name), about]),
    ),
  ]
}

/** What people say with a decision. */
function said(choice: TaskChoice): string {
  const fields = fieldsOf(choice).map(
    ({ name, kind, isOptional = false }) => `${code(name)} (${kind}${isOptional ? ', may be left out' : ''})`,
  )
  return fields.length === 0 ? '' : ` Says ${fields.join(', ')}.`
}
