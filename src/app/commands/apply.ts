import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { readManifestFolder } from '../network/manifest-file.ts'
import { type Answer, numberOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline apply`: plan what a folder of manifests changes, and do it with --yes. */
export function applyCommand(program: Command, perform: Perform): void {
  program
    .command('apply [folder]')
    .description('partners and connections as files: says what would change, and changes it with --yes')
    .option('--yes', 'really do it')
    .option('--source <name>', 'name of the folder; what it declares is replaced as a whole', 'network')
    .option('--allow-empty', 'remove everything when the folder holds no manifest')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, or planned; 1 refused by the hub; 2 something is wrong with the manifests, and nothing was changed.',
    )
    .action(perform(apply))
}

async function apply(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const folder = args[0] ?? 'network'
  if (!existsSync(folder)) throw new InterlineError('MANIFEST_FOLDER_UNREADABLE', { path: folder, problem: 'ENOENT' })
  const files = readManifestFolder(folder)
  if (files.length === 0 && !options.flag('allowEmpty'))
    throw new InterlineError('USAGE_INVALID', {
      problem: `${folder} holds no manifest. Add --allow-empty when all that it declared shall be removed.`,
    })
  const hub = invocation.hub()
  const json = {
    source: options.text('source') ?? 'network',
    files: files.map(({ path, bytes }) => ({ path, content: bytes.toString('base64') })),
  }
  const plan = await hub.call('POST', '/v1/network/plans', { json })
  const [problems, changes] = [recordsOf(plan['problems']), recordsOf(plan['changes'])]
  if (problems.length > 0) {
    for (const one of problems) tellProblem(invocation, folder, one)
    output.say(`\n${problems.length} problems; nothing was changed.`)
    return exitCodes.usage
  }
  if (changes.length === 0) {
    output.record({ revision: numberOf(plan, 'revision'), changes: [] })
    output.say(`Nothing to do: the network is as ${folder} declares it (revision ${textOf(plan, 'revision')}).`)
    return exitCodes.ok
  }
  if (!options.flag('yes')) {
    tellChanges(invocation, changes)
    output.say(`\n${summary(changes)} Add --yes to do it.`)
    return exitCodes.ok
  }
  const revision = numberOf(plan, 'revision')
  const applied = await hub.call('POST', '/v1/network', { json: { ...json, revision } })
  tellChanges(invocation, recordsOf(applied['changes']))
  output.say(`\nDone: ${summary(changes)} The network is at revision ${textOf(applied, 'revision')}.`)
  return exitCodes.ok
}

function tellProblem({ output }: Invocation, folder: string, problem: Answer): void {
  output.record(problem)
  const place = `${folder.replace(/\/$/, '')}/${textOf(problem, 'file')}:${textOf(problem, 'line')}`
  output.say(
    `${place}  ${textOf(problem, 'code')}\n  ${textOf(problem, 'message')}\n  ${textOf(problem, 'nextAction')}`,
  )
}

const signs: Readonly<Record<string, string>> = { create: '+', change: '~', remove: '-' }

function tellChanges({ output }: Invocation, changes: readonly Answer[]): void {
  const rows = changes.flatMap((one) => {
    const [change, kind, name] = ['change', 'kind', 'name'].map((key) => textOf(one, key))
    const fields = recordsOf(one['fields'])
    const shown = fields.slice(0, fieldsMost).map((field) => ({
      path: textOf(field, 'path'),
      before: field['before'] === undefined ? '' : textOf(field, 'before'),
      after: field['after'] === undefined ? '' : textOf(field, 'after'),
    }))
    const more =
      fields.length > fieldsMost ? [{ path: `and ${fields.length - fieldsMost} more`, before: '', after: '' }] : []
    return [...shown, ...more].map((field, at) => ({
      '': at === 0 ? (signs[change ?? ''] ?? '') : '',
      kind: at === 0 ? kind : '',
      name: at === 0 ? name : '',
      ...field,
    }))
  })
  for (const one of changes) output.record(one)
  if (!output.json) output.rows(rows, ['', 'kind', 'name', 'path', 'before', 'after'], 'Nothing to do.')
}

/** What a reader takes in of one thing; --json shows all. */
const fieldsMost = 12

function summary(changes: readonly Answer[]): string {
  const count = (wanted: string): number => changes.filter((one) => textOf(one, 'change') === wanted).length
  return `${count('create')} to create, ${count('change')} to change, ${count('remove')} to remove.`
}
