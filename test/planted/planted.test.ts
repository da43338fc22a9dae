import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import { edits } from './edits.ts'
import type { Plant } from './plant.ts'
import { plants } from './plants.ts'

const guardTests = ['test/architecture.test.ts', 'test/tidy.test.ts', 'test/generated.test.ts']

let copy = ''
let compiled = ''
let compiledProgram = ''
let linted = ''
let failures: readonly Failure[] = []

interface Failure {
  readonly test: string
  readonly message: string
}

// One copy of the tree holds all violations; each guard runs once over it. A guard that says nothing here guards nothing.
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'interline-planted-'))
  for (const part of copiedParts)
    if (existsSync(join(root, part)))
      cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !isInstalled(path) })
  for (const place of installed) symlinkSync(join(root, place), join(copy, place))
  const [early, late] = [plants.filter(({ guard }) => guard === 'tsc'), plants.filter(({ guard }) => guard !== 'tsc')]
  put(early)
  compiled = await run('tsc', compilerArguments)
  put(late)
  for (const { path, change } of edits.filter(({ path }) => existsSync(join(copy, path)))) {
    const before = readFileSync(join(copy, path), 'utf8')
    const after = change(before)
    expect(after, `nothing to change in ${path}`).not.toBe(before)
    writeFileSync(join(copy, path), after)
  }
  const linting = [...new Set(plants.filter(({ guard }) => guard === 'oxlint').map(({ path }) => path))]
  const report = join(copy, 'report.json')
  const [program, lint] = await Promise.all([
    run('tsc', compilerArguments),
    run('oxlint', ['--type-aware', '-c', '.oxlintrc.json', '--format', 'unix', ...linting]),
    run('vitest', ['run', '--reporter=json', `--outputFile=${report}`, ...guardTests]),
  ])
  compiledProgram = program
  linted = lint
  failures = readFailures(report)
}, 120_000)

afterAll(() => rmSync(copy, { recursive: true, force: true }))

test.for(plants)('sees $name', ({ path, guard, says }) => {
  const output = outputs()[guard] ?? messageOf(guard)
  const about = output.split('\n').filter((line) => line.includes(path) || path.startsWith(`${line.split(' ')[0]}/`))
  expect(about.join('\n'), `${guard} says nothing about ${path}:\n${output.slice(0, 2000)}`).toMatch(says)
})

test.for(edits)('sees $name', ({ guard, says }) => {
  expect(messageOf(guard)).toMatch(says)
})

const compilerArguments = ['-b', 'tsconfig.main.json', '--pretty', 'false']
/** Packages are looked at where they are. */
const installed = ['node_modules', 'tools/codegen/node_modules']

function isInstalled(path: string): boolean {
  return path.endsWith('node_modules') || path.endsWith('web/dist')
}

const copiedParts = [
  'web',
  'src',
  'test',
  'tools',
  'bench',
  'bin',
  'docs',
  'schemas',
  'changes',
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'LICENSE',
  'package.json',
  'package-lock.json',
  'vitest.config.ts',
  '.oxlintrc.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.pure.json',
  'tsconfig.main.json',
  'tsconfig.test.json',
]

function put(some: readonly Plant[]): void {
  for (const { path, text } of some) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    writeFileSync(join(copy, path), text)
  }
}

function outputs(): Readonly<Record<string, string>> {
  return { tsc: compiled, 'tsc program': compiledProgram, oxlint: linted }
}

/** Runs a tool of the repository in the copy; both outputs as one text. A guard that found something ends with a failure. */
function run(tool: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', () => resolve(output))
  })
}

function messageOf(guard: string): string {
  return failures
    .filter(({ test }) => test === guard)
    .map(({ message }) => message)
    .join('\n')
}

function readFailures(report: string): Failure[] {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly {
        readonly title: string
        readonly status: string
        readonly failureMessages: readonly string[]
      }[]
    }[]
  }
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ title, failureMessages }) => ({ test: title, message: failureMessages.join('\n') }))
}
