import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { codeOnly, places, readTree, withoutComments } from '../tools/source-tree.ts'
import { expectNone } from './expect-none.ts'

/** Who may import whom. A room that is not in this table may not exist. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  model: ['base'],
  edi: ['base', 'model'],
  processes: ['base', 'model'],
  connectors: ['base', 'model', 'edi'],
  backbone: ['base', 'model'],
  transports: ['base'],
  registry: ['base', 'model', 'backbone'],
  views: ['base', 'model', 'backbone'],
  flow: ['base', 'model', 'edi', 'processes', 'connectors', 'backbone', 'transports', 'registry', 'views'],
  watch: ['base', 'model', 'backbone', 'views'],
  gateway: ['base', 'model', 'backbone', 'registry', 'views', 'watch', 'flow'],
  app: [
    'base',
    'model',
    'edi',
    'processes',
    'connectors',
    'backbone',
    'transports',
    'registry',
    'views',
    'flow',
    'watch',
    'gateway',
  ],
  sandbox: [
    'base',
    'model',
    'edi',
    'processes',
    'connectors',
    'backbone',
    'transports',
    'registry',
    'views',
    'flow',
    'watch',
    'gateway',
  ],
}

/** Packages that contain no I/O. `types: []` does not stop `import 'undici'`: a package brings its own types. */
const purePackages = ['decimal.js', 'iso-3166', 'temporal-polyfill', 'typebox']
const pureRooms = ['base', 'model', 'edi', 'processes', 'connectors']

/** Modules that open sockets, and the only places that may use them. Everything that leaves goes through the guarded client. */
const socketModules = ['undici', 'http', 'https', 'http2', 'net', 'tls', 'dgram', 'ssh2', 'basic-ftp']
const socketPlaces: readonly { readonly place: string; readonly modules: readonly string[]; readonly why: string }[] = [
  { place: 'src/transports/', modules: socketModules, why: 'the guarded client' },
  { place: 'src/gateway/', modules: ['http', 'https'], why: 'the server; nothing is called from here' },
  { place: 'src/app/terminal/client.ts', modules: ['undici'], why: 'the command line talks to its own hub' },
  { place: 'src/app/front.ts', modules: ['https'], why: 'shows a server of the gateway its new certificate' },
  { place: 'src/app/postgres/port.ts', modules: ['net'], why: 'finds a free loopback port' },
  { place: 'src/sandbox/', modules: socketModules, why: 'the simulated world outside' },
]

/** In these rooms time and randomness come in as ports, so that a simulation can run the same code. One file each may differ. */
const machineFiles: Readonly<Record<string, readonly string[]>> = {
  flow: [],
  backbone: [],
}

const everything = readTree(['src'])
const product = everything.filter(({ path }) => !/\.(test|contract|types\.test)\.ts$/.test(path))
const imports = product.flatMap((file) =>
  specifiers(withoutComments(file.text)).map((target) => ({ file: file.path, target })),
)
const internal = imports
  .filter(({ target }) => target.startsWith('.'))
  .map(({ file, target }) => ({ file, target: normalize(join(dirname(file), target)) }))
const external = imports.filter(({ target }) => !target.startsWith('.'))

test('there is something to check', () => {
  // A checker that reads nothing is always green.
  expect(internal.length).toBeGreaterThan(100)
  expect(external.length).toBeGreaterThan(10)
  expectNone(
    product.filter(({ path }) => mayImport[room(path)] === undefined).map(({ path }) => `${path}: no such room`),
  )
})

test('every room imports only what the table allows', () => {
  const outside = ({ file, target }: { file: string; target: string }): boolean =>
    !target.startsWith('src/') ||
    (room(file) !== room(target) && mayImport[room(file)]?.includes(room(target)) !== true)
  expectNone(internal.filter(outside).map(arrow))
})

test('every relative import names its file with its ending', () => {
  expectNone(internal.filter(({ target }) => !/\.(ts|json)$/.test(target)).map(arrow))
})

test('no connector imports another connector', () => {
  const foreign = ({ file, target }: { file: string; target: string }): boolean =>
    connectorOf(file) !== undefined &&
    connectorOf(target) !== undefined &&
    connectorOf(target) !== 'kit' &&
    connectorOf(file) !== connectorOf(target)
  expectNone(internal.filter(foreign).map(arrow))
})

test('pure rooms import only packages without I/O', () => {
  const isPure = (file: string): boolean =>
    pureRooms.includes(room(file)) && !/^src\/connectors\/[^/]+\/client\.ts$/.test(file)
  expectNone(
    external.filter(({ file, target }) => isPure(file) && !purePackages.includes(packageOf(target))).map(arrow),
  )
})

test('the pages know nothing of the hub but its API', () => {
  const pages = readTree(['web/src'], ['.ts', '.tsx'])
  const { dependencies } = JSON.parse(readTree(['web'], ['/package.json'])[0]?.text ?? '{}') as {
    readonly dependencies?: Readonly<Record<string, string>>
  }
  const known = Object.keys(dependencies ?? {})
  const foreign = pages.flatMap((file) =>
    specifiers(withoutComments(file.text))
      .filter((target) =>
        target.startsWith('.')
          ? !normalize(join(dirname(file.path), target)).startsWith('web/src/')
          : !known.some((name) => target === name || target.startsWith(`${name}/`)),
      )
      .map((target) => arrow({ file: file.path, target })),
  )
  expect(pages.length).toBeGreaterThan(30)
  expect(known.length).toBeGreaterThan(5)
  expectNone(foreign)
})

test('every folder that belongs to a list is in the list', () => {
  const lists = product.filter(({ path }) => /^src\/connectors\/all\.ts$/.test(path))
  const folders = new Set(
    product.map(({ path }) => connectorOf(path)).filter((one) => one !== undefined && one !== 'kit'),
  )
  const listed = new Set(
    internal.filter(({ file }) => lists.some(({ path }) => path === file)).map(({ target }) => connectorOf(target)),
  )
  expectNone(
    [...folders.difference(listed)].map((folder) => `src/connectors/${folder} is not in src/connectors/all.ts`),
  )
  expect(lists.length).toBe(1)
})

test('sockets are opened only by the guarded client, the server and the simulated world', () => {
  const moduleOf = (target: string): string => target.replace(/^node:/, '').split('/')[0] ?? ''
  // A type opens nothing.
  const opened = product
    .flatMap(({ path, text }) =>
      specifiers(withoutTypes(withoutComments(text))).map((target) => ({ file: path, target })),
    )
    .filter(({ target }) => socketModules.includes(moduleOf(target)))
    .filter(
      ({ file, target }) =>
        !socketPlaces.some(({ place, modules }) => file.startsWith(place) && modules.includes(moduleOf(target))),
    )
  expectNone(opened.map(arrow))
})

test('global fetch, WebSocket and EventSource are used nowhere', () => {
  const pattern = /(?<![.\w])(?:fetch\s*\(|new (?:WebSocket|EventSource)\b|globalThis\.fetch)/g
  const calling = product
    .filter(({ path }) => !path.startsWith('src/sandbox/'))
    .map(({ path, text }) => ({ path, text: codeOnly(text) }))
  expectNone(calling.flatMap((file) => places(file, pattern)))
})

test('the environment is read in one place', () => {
  const read = product
    .filter(({ path }) => path !== 'src/app/environment.ts')
    .map(({ path, text }) => ({ path, text: codeOnly(text) }))
  expectNone(read.flatMap((file) => places(file, /process\s*\.\s*env\b|process\[|\benv\b[^}\n]*\}\s*=\s*process\b/g)))
  expectNone(external.filter(({ target }) => /^(node:)?process$/.test(target)).map(arrow))
})

test('flow and backbone take time and randomness as ports', () => {
  const pattern =
    /\b(?:setTimeout|setInterval|setImmediate|new Date|Date\.\w+|Date\(|performance\.\w+|Math\.random|randomUUID\w*|randomBytes|randomInt|getRandomValues)\b/g
  const isStrict = (path: string): boolean => machineFiles[room(path)]?.includes(path) === false
  const strict = product.filter(({ path }) => isStrict(path))
  const used = strict.flatMap(({ path, text }) => places({ path, text: codeOnly(text) }, pattern))
  const imported = external.filter(({ file, target }) => isStrict(file) && target.startsWith('node:timers')).map(arrow)
  expectNone([...used, ...imported])
  expect(strict.length).toBeGreaterThan(30)
  expect(Object.values(machineFiles).every((files) => files.length <= 1)).toBe(true)
})

const migrations = readTree(['src/backbone/postgres/migrations'], ['.sql'])
const tables = migrations.flatMap(({ path, text }) =>
  [...text.matchAll(/^CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?/gm)].map((match) => ({
    table: match[1] ?? '',
    owner: /_(views|registry|watch)\.sql$/.exec(path)?.[1] ?? 'backbone',
  })),
)

test('only the backbone writes log and ledger, only the views write views, only registry and watch their tables', () => {
  expect(tables.filter(({ owner }) => owner === 'backbone').length).toBeGreaterThan(10)
  const writing = product.map(({ path, text }) => ({ path, text: withoutComments(text) }))
  const strangers = tables.flatMap(({ table, owner }) =>
    writing
      .filter(({ path }) => !path.startsWith(owner === 'backbone' ? 'src/backbone/postgres/' : `src/${owner}/`))
      // A line of the audit log is written by the statement that makes the change, or it may be missing.
      .filter(({ path }) => !(table === 'audit' && path === 'src/backbone/postgres/audit.ts'))
      .flatMap((file) => places(file, writes(table))),
  )
  expectNone(strangers)
})

/** SQL and query-builder forms of a write to a table. */
function writes(table: string): RegExp {
  const name = `["']?(?:public\\.)?"?${table}"?\\b`
  return new RegExp(
    `(?:insert\\s+into|delete\\s+from|merge\\s+into|copy|truncate(?:\\s+table)?|alter\\s+table|drop\\s+table)\\s+${name}(?!\\s*:)|update\\s+(?:only\\s+)?${name}(?:\\s+(?:as\\s+)?\\w+)?\\s+set\\b|(?:insertInto|updateTable|deleteFrom|mergeInto)\\(\\s*['"\`]${table}\\b`,
    'gi',
  )
}

function arrow({ file, target }: { readonly file: string; readonly target: string }): string {
  return `${file} → ${target}`
}

function room(path: string): string {
  return path.split('/')[1] ?? ''
}

function connectorOf(path: string): string | undefined {
  return /^src\/connectors\/([^/]+)\//.exec(path)?.[1]
}

/** Name with its scope. */
function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Without imports that are gone when the types are. */
function withoutTypes(text: string): string {
  return text.replaceAll(/^(?:import|export)\s+type\s[^'"]*\bfrom\s+['"][^'"]+['"]/gm, '')
}

/** Static and dynamic. White space after `from`, or `Instant.from('2026-…')` counts as an import. */
function specifiers(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"`]([^'"`\n]+)['"`]/g)].map(
    (match) => match[1] ?? '',
  )
}
