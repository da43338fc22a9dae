import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import type { ContractKind } from '../../registry/contracts/contract.ts'
import { isBreaking, judgeContracts } from '../../registry/contracts/judge.ts'
import { type ContractFile, readContracts } from '../../registry/contracts/read-contracts.ts'
import { type Answer, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

const filesMost = 2000

/** `interline schema check`: what files of schemas would break, before anybody notices. */
export function schemaCommand(program: Command, perform: Perform): void {
  program
    .command('schema')
    .description('schemas of contracts')
    .command('check <path>')
    .description(
      'what a file or folder of schemas (OpenAPI, AsyncAPI, JSON Schema in facts/ and objects/) would break; exit code 1 when it breaks somebody',
    )
    .option('--baseline <path>', 'compare with this file or folder instead of asking a hub')
    .option('--partial', 'the folder holds only some of the schemas: what is missing is not removed')
    .action(perform(check))
}

interface Verdicts {
  readonly checked: number
  readonly verdicts: readonly Answer[]
  readonly faults: readonly string[]
  readonly passedOver: readonly string[]
}

async function check(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const files = readFiles(args[0] ?? '')
  const complete = options.flag('partial') ? [] : completeKinds(files)
  const baseline = options.text('baseline')
  const found =
    baseline === undefined
      ? await askHub(invocation, files, complete)
      : judgeFiles(files, readFiles(baseline), complete)
  if (found.checked === 0 && found.faults.length === 0)
    throw new InterlineError('USAGE_INVALID', {
      problem: `${args[0]} holds no OpenAPI, no AsyncAPI and no schema in a folder facts or objects.`,
    })
  return told(invocation, found)

  function told({ output: out }: Invocation, { checked, verdicts, faults }: Verdicts): ExitCode {
    for (const fault of faults) {
      out.record({ fault })
      out.say(`cannot be read: ${fault}`)
    }
    const rows = verdicts.flatMap(rowsOf)
    output.rows(rows, ['verdict', 'contract', 'part', 'path', 'reason', 'breaks'], 'Nothing is different.')
    const broken = verdicts.filter((one) => isBad(textOf(one, 'verdict')))
    for (const one of broken) {
      const names = recordsOf(one['consumers']).map((consumer) => textOf(consumer, 'name'))
      if (names.length > 0) out.say(`${textOf(one, 'id')} is used by ${names.join(', ')}`)
    }
    out.say(`${checked} contracts read, ${verdicts.length} different, ${broken.length} break somebody.`)
    return broken.length > 0 || faults.length > 0 ? exitCodes.failed : exitCodes.ok
  }
}

function isBad(verdict: string): boolean {
  return verdict === 'breaking' || verdict === 'removed'
}

function rowsOf(one: Answer): readonly Answer[] {
  const about = { verdict: textOf(one, 'verdict'), contract: textOf(one, 'id') }
  const changes = recordsOf(one['changes'])
  return changes.length === 0 ? [about] : changes.map((change) => ({ ...about, ...change }))
}

async function askHub(
  invocation: Invocation,
  files: readonly ContractFile[],
  complete: readonly ContractKind[],
): Promise<Verdicts> {
  const answer = await invocation.hub().call('POST', '/v1/contracts/check', { json: { files, complete } })
  const texts = (name: string): readonly string[] => ((answer[name] ?? []) as readonly unknown[]).map(String)
  return {
    checked: Number(answer['checked']),
    verdicts: recordsOf(answer['verdicts']),
    faults: texts('faults'),
    passedOver: texts('passedOver'),
  }
}

function judgeFiles(
  files: readonly ContractFile[],
  baseline: readonly ContractFile[],
  complete: readonly ContractKind[],
): Verdicts {
  const [proposed, published] = [readContracts(files), readContracts(baseline)]
  const verdicts = judgeContracts({ published: published.contracts, proposed: proposed.contracts, complete })
  return {
    checked: proposed.contracts.length,
    verdicts: verdicts
      .filter(({ verdict }) => verdict !== 'same')
      .map((one) => recordOf({ ...one, isBreaking: isBreaking(one) })),
    faults: [...proposed.faults, ...published.faults],
    passedOver: proposed.passedOver,
  }
}

/** A document describes all of its kind; so does a folder of schemas. */
function completeKinds(files: readonly ContractFile[]): readonly ContractKind[] {
  const kinds: readonly (readonly [ContractKind, (file: ContractFile) => boolean])[] = [
    ['operation', ({ text }) => text.includes('"openapi"')],
    ['event', ({ text }) => text.includes('"asyncapi"')],
    ['fact', ({ path }) => path.includes('facts/') && files.length > 1],
    ['object', ({ path }) => path.includes('objects/') && files.length > 1],
  ]
  return kinds.filter(([, isOf]) => files.some(isOf)).map(([kind]) => kind)
}

/** JSON files of a folder, or one file, with the name of its folder. Throws USAGE_INVALID. */
function readFiles(path: string): readonly ContractFile[] {
  const from = resolve(path)
  const found = statSync(from, { throwIfNoEntry: false })
  if (found === undefined) throw new InterlineError('USAGE_INVALID', { problem: `there is no ${path}.` })
  if (found.isFile()) return [{ path: from.split(sep).slice(-2).join('/'), text: readFileSync(from, 'utf8') }]
  const names = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  if (names.length > filesMost)
    throw new InterlineError('USAGE_INVALID', { problem: `${path} holds more than ${filesMost} files.` })
  const folder = from.split(sep).at(-1) ?? ''
  return names.toSorted().map((name) => ({
    path: `${folder}/${relative(from, join(from, name)).replaceAll(sep, '/')}`,
    text: readFileSync(join(from, name), 'utf8'),
  }))
}
