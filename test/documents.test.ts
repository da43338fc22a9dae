import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { variableOf } from '../src/app/environment.ts'
import { foreignVariables, settingFields } from '../src/app/settings/settings.ts'
import { runProgram } from '../src/app/terminal/program.ts'
import { transitions } from '../src/backbone/transitions.ts'
import { errors } from '../src/base/errors.ts'
import { routes } from '../src/gateway/all.ts'
import { folderFailures } from '../src/transports/files/folder.ts'
import { readTree, root, withoutComments } from '../tools/source-tree.ts'
import { expectNone } from './expect-none.ts'

const documents = readTree(
  ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'changes', 'docs'],
  ['.md'],
)
const written = documents.filter(({ path }) => !path.startsWith('docs/reference/'))
const product = readTree(['src']).filter(({ path }) => !/\.(test|contract)\.ts$/.test(path))

test('every command that a document shows is understood', async () => {
  // The tutorials are run as they are, with the files that they make.
  const read = written.filter(({ path }) => !path.startsWith('docs/tutorial/'))
  const shown = read.flatMap(({ path, text }) =>
    [...text.matchAll(/^interline +([^\n#]+)/gm), ...text.matchAll(/`interline ([a-z][^`]*)`/g)].map((match) => ({
      path,
      command: match[1]?.trim() ?? '',
    })),
  )
  const commands = shown.filter(({ command }) => !/^start\b/.test(command))
  expect(commands.length).toBeGreaterThan(8)
  const results = await Promise.all(
    commands.map(async ({ path, command }) => {
      const words = command.split(/\s+/)
      // One word may name a group of commands, which is none by itself.
      return { path, command, code: await codeOf(words.length === 1 ? ['help', ...words] : words) }
    }),
  )
  expectNone(results.filter(({ code }) => code === 2).map(({ path, command }) => `${path}: interline ${command}`))
  // The check can fail: this is what a command that does not exist looks like.
  expect(await codeOf(['conjure'])).toBe(2)
  expect(await codeOf(['help', 'conjure'])).toBe(2)
})

test('every npm script that a document shows exists', () => {
  const { scripts } = JSON.parse(readTree(['package.json'], ['.json'])[0]?.text ?? '{}') as {
    readonly scripts: Readonly<Record<string, string>>
  }
  const shown = written.flatMap(({ path, text }) =>
    [...text.matchAll(/(?<=^|`)npm (?:run (?:--silent )?)?([a-z][\w:]*)\b/gm)].map((match) => ({
      path,
      script: match[1] ?? '',
    })),
  )
  const known = [...Object.keys(scripts), 'ci', 'install']
  expect(shown.length).toBeGreaterThan(5)
  expectNone(
    shown.filter(({ script }) => !known.includes(script)).map(({ path, script }) => `${path}: npm run ${script}`),
  )
})

test('every route that a document shows is served', () => {
  const served = routes.map(({ path }) => pattern(path))
  const shown = written.flatMap(({ path, text }) =>
    [...text.matchAll(/(?<=[\s`"0])(\/v1\/[\w/{}-]+|\/\w+\.json)\b/g)].map((match) => ({
      path,
      route: match[1] ?? '',
    })),
  )
  expect(served.length).toBeGreaterThan(20)
  expect(shown.length).toBeGreaterThan(3)
  expectNone(
    shown.filter(({ route }) => !served.some((one) => one.test(route))).map(({ path, route }) => `${path}: ${route}`),
  )
})

test('every error, variable and file that a document names exists', () => {
  const variables = new Set([
    'INTERLINE_CONFIG',
    ...Object.values(foreignVariables),
    ...Object.keys(settingFields).flatMap((name) => [variableOf(name), `${variableOf(name)}_FILE`]),
  ])
  const names = written.flatMap(({ path, text }) =>
    [...text.matchAll(/`([A-Z]{3,}(?:_[A-Z]+)+)`/g)].map((match) => ({ path, name: match[1] ?? '' })),
  )
  const files = written.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:src|test|tools|[a-z]+)\/[\w./-]*\.ts)`/g)].map((match) => ({ path, name: match[1] ?? '' })),
  )
  expect(names.length).toBeGreaterThan(1)
  expect(files.length).toBeGreaterThan(10)
  expectNone(
    names
      .filter(({ name }) => !(name in errors) && !(name in folderFailures) && !variables.has(name))
      .map(({ path, name }) => `${path}: ${name}`),
  )
  expectNone(
    files
      .filter(({ name }) => !existsSync(join(root, name)) && !existsSync(join(root, 'src', name)))
      .map(({ path, name }) => `${path}: ${name}`),
  )
})

test('the table of transitions in the documentation is the one in the code', () => {
  const page = written.find(({ path }) => path === 'docs/explanation/posting.md')?.text ?? ''
  const rows = [...page.matchAll(/^\| \d+ \| ([a-z, ]+) → ([a-z, ]+) \|/gm)].flatMap((match) =>
    (match[1] ?? '').split(', ').flatMap((from) => (match[2] ?? '').split(', ').map((to) => `${from} → ${to}`)),
  )
  const documented = new Set(rows.filter((row) => !row.startsWith('new →')))
  const coded = new Set(
    Object.entries(transitions).flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`)),
  )
  expect(documented.size).toBeGreaterThan(15)
  expectNone([...documented.difference(coded)].map((row) => `${row} is documented, but not legal`))
  expectNone([...coded.difference(documented)].map((row) => `${row} is legal, but not documented`))
})

test('every error of the table is raised somewhere', () => {
  const raising = product
    .filter(({ path }) => path !== 'src/base/errors.ts')
    .map(({ text }) => withoutComments(text))
    .join('\n')
  expectNone(Object.keys(errors).filter((code) => !new RegExp(`['"\`]${code}['"\`]`).test(raising)))
})

test('every error says in sentences what happened and what to do', () => {
  const values: Readonly<Record<string, string>> = new Proxy({}, { get: (_, name) => String(name) })
  expectNone(
    Object.entries(errors)
      .filter(([, { title, hint }]) => !/^[A-Z]/.test(title) || /\.$/.test(title) || !/^[A-Z][\s\S]*\.$/.test(hint))
      .map(([code]) => code),
  )
  expectNone(
    Object.entries(errors)
      .filter(([, { message }]) => message(values).trim() === '')
      .map(([code]) => code),
  )
})

/** Runs a command line against nothing at all: whatever it finds wrong, it must not be the command. */
async function codeOf(args: readonly string[]): Promise<number> {
  const nowhere = {
    INTERLINE_DATA_DIRECTORY: join(tmpdir(), 'interline-nowhere'),
    INTERLINE_HUB_URL: 'http://127.0.0.1:1',
    INTERLINE_KEY: 'none',
  }
  return runProgram(args, { out: () => {}, error: () => {}, isWatched: false, columns: 100 }, nowhere)
}

/** `/v1/shipments/{id}` as a regular expression that fits any id. */
function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}
