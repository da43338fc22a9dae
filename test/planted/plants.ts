import { architecture, tidy } from './guards.ts'

/** A violation that is put into a copy of the tree on purpose, and the guard that must see it. */
export interface Plant {
  readonly name: string
  /** Where it is put. An existing file is replaced. */
  readonly path: string
  readonly text: string
  /**
   * The guard: the compiler, the linter, or a test by its name. `tsc program` is what the compiler finds before it looks at types:
   * with one of those in the tree it says nothing else, so they are planted later.
   */
  readonly guard: 'tsc' | 'tsc program' | 'oxlint' | (string & {})
  /** What the guard must say in the line about the file. */
  readonly says: RegExp
}

const manyLines = Array.from(
  { length: 401 },
  (_, index) => `/** ${index} */\nexport const line${index} = ${index}`,
).join('\n')
const longBody = (lines: number): string =>
  Array.from({ length: lines }, (_, index) => `  total += ${index}`).join('\n')

/** Every guard of the house has at least one. */
export const plants: readonly Plant[] = [
  plant(
    'fetch in a pure room',
    'src/model/planted-fetch.ts',
    `export const answer = fetch('https://example.org')`,
    'tsc',
    /TS2304/,
  ),
  plant(
    'a timer in a pure room',
    'src/model/planted-timer.ts',
    `setTimeout(() => 1, 1)\nexport const one = 1`,
    'tsc',
    /TS2304|TS2552/,
  ),
  plant(
    'a module of the machine in a pure room',
    'src/model/planted-files.ts',
    `import { readFileSync } from 'node:fs'\nexport const text = readFileSync('x', 'utf8')`,
    'tsc',
    /TS2591|TS2307/,
  ),
  plant(
    'a route that writes and does not say what becomes of the same request sent twice',
    'src/gateway/routes/planted-order.ts',
    `import { defineRoute } from '../route.ts'
/** Orders something. */
export const order = defineRoute({ method: 'POST', path: '/v1/orders', scope: 'system:write', operationId: 'order',
  summary: 'Order', tag: 'system', answer: { status: 202 }, handle: async () => ({}) })`,
    'tsc',
    /TS2345/,
  ),
  plant('an enum', 'src/model/planted-enum.ts', `export enum Mood { Good }`, 'tsc program', /TS1294/),
  plant(
    'a parameter property',
    'src/model/planted-property.ts',
    `export class Box { constructor(readonly size: number) {} }`,
    'tsc program',
    /TS1294/,
  ),
  plant(
    'a process that imports the backbone, seen by the compiler',
    'src/processes/planted-backbone.ts',
    `import { messageId } from '../backbone/step.ts'\nexport const id = messageId(1, 1)`,
    'tsc program',
    /TS6307/,
  ),
  plant(
    'a process that imports the backbone',
    'src/processes/planted-backbone.ts',
    `import { messageId } from '../backbone/step.ts'\nexport const id = messageId(1, 1)`,
    architecture.rooms,
    /backbone\/step/,
  ),
  plant(
    'a process that imports a connector',
    'src/processes/planted-connector.ts',
    `import { defineConnector } from '../connectors/kit/connector.ts'\nexport const define = defineConnector`,
    architecture.rooms,
    /connectors\/kit/,
  ),
  plant(
    'a page that knows the inside of the hub',
    'web/src/planted-inside.ts',
    `import { errors } from '../../src/base/errors.ts'\nexport const codes = Object.keys(errors)`,
    architecture.pages,
    /src\/base\/errors/,
  ),
  plant(
    'a product file that imports the sandbox',
    'src/flow/planted-sandbox.ts',
    `export type { Erp } from '../sandbox/erp.ts'`,
    architecture.rooms,
    /sandbox\/erp/,
  ),
  plant(
    'a room that imports the application',
    'src/watch/planted-app.ts',
    `export { systemClock } from '../app/ports.ts'`,
    architecture.rooms,
    /app\/ports/,
  ),
  plant(
    'a room that nobody planned',
    'src/misfit/planted.ts',
    `export const one = 1`,
    architecture.something,
    /misfit/,
  ),
  plant(
    'a connector that imports a connector',
    'src/connectors/planted-one/connector.ts',
    `import { two } from '../planted-two/connector.ts'\nexport const one = two`,
    architecture.connectors,
    /planted-two/,
  ),
  plant(
    'a connector that is in no list',
    'src/connectors/planted-two/connector.ts',
    `/** Two. */\nexport const two = 2`,
    architecture.lists,
    /planted-two/,
  ),
  plant(
    'a package with I/O in a pure room',
    'src/model/planted-package.ts',
    `import { request } from 'undici'\nexport const ask = request`,
    architecture.packages,
    /undici/,
  ),
  plant(
    'a package with I/O, imported dynamically',
    'src/edi/planted-dynamic.ts',
    `export const ask = () => import('undici')`,
    architecture.packages,
    /undici/,
  ),
  plant(
    'a package with I/O, named in a template',
    'src/edi/planted-template.ts',
    'export const ask = () => import(`pg`)',
    architecture.packages,
    /pg/,
  ),
  plant(
    'a socket outside the guarded client',
    'src/watch/planted-socket.ts',
    `import { connect } from 'node:net'\nexport const open = connect`,
    architecture.sockets,
    /node:net/,
  ),
  plant(
    'an unguarded client in the gateway',
    'src/gateway/planted-client.ts',
    `import { request } from 'undici'\nexport const ask = request`,
    architecture.sockets,
    /undici/,
  ),
  plant(
    'a global fetch',
    'src/watch/planted-fetch.ts',
    `export const ask = () => fetch('https://example.org')`,
    architecture.globals,
    /planted-fetch/,
  ),
  plant(
    'the environment read outside the settings',
    'src/watch/planted-environment.ts',
    `export const level = process.env['LEVEL']`,
    architecture.environment,
    /planted-environment/,
  ),
  plant(
    'the environment taken apart',
    'src/watch/planted-destructured.ts',
    `const { env } = process\nexport const level = env`,
    architecture.environment,
    /planted-destructured/,
  ),
  plant(
    'a clock in the flow',
    'src/flow/planted-clock.ts',
    `export const now = () => Date.now()`,
    architecture.machine,
    /planted-clock/,
  ),
  plant(
    'a timer in the backbone',
    'src/backbone/planted-timer.ts',
    `export const wait = (wake: () => void) => setTimeout(wake, 5)`,
    architecture.machine,
    /planted-timer/,
  ),
  plant(
    'an imported timer in the flow',
    'src/flow/planted-sleep.ts',
    `export { setTimeout as sleep } from 'node:timers/promises'`,
    architecture.machine,
    /node:timers/,
  ),
  plant(
    'randomness in the flow',
    'src/flow/planted-random.ts',
    `import { randomUUID } from 'node:crypto'\nexport const id = () => randomUUID()`,
    architecture.machine,
    /planted-random/,
  ),
  plant(
    'a ledger row written outside the backbone',
    'src/views/planted-ledger.ts',
    'export const statement = `UPDATE effect SET state = $1`',
    architecture.tables,
    /planted-ledger/,
  ),
  plant(
    'a log row removed by a query builder',
    'src/gateway/planted-log.ts',
    `export const remove = (db: { deleteFrom: (table: string) => unknown }) => db.deleteFrom('fact')`,
    architecture.tables,
    /planted-log/,
  ),
  plant(
    'a view written by a stranger',
    'src/gateway/planted-view.ts',
    'export const statement = `insert into view_shipment (subject) values ($1)`',
    architecture.tables,
    /planted-view/,
  ),
  plant(
    'a table of the registry written by a stranger',
    'src/app/planted-receipt.ts',
    'export const statement = `UPDATE as2_received SET body = $1`',
    architecture.tables,
    /planted-receipt/,
  ),

  plant(
    'an import cycle, there',
    'src/flow/planted-cycle-a.ts',
    `import { b } from './planted-cycle-b.ts'\nexport function a(): number { return b() }`,
    'oxlint',
    /no-cycle/,
  ),
  plant(
    'an import cycle, and back',
    'src/flow/planted-cycle-b.ts',
    `import { a } from './planted-cycle-a.ts'\nexport function b(): number { return a() }`,
    'oxlint',
    /no-cycle/,
  ),
  plant(
    'Date in a pure room',
    'src/model/planted-date.ts',
    `export const now = new Date()`,
    'oxlint',
    /no-restricted-globals/,
  ),
  plant(
    'Date in a connector',
    'src/connectors/planted-two/date.ts',
    `export const now = () => Date.now()`,
    'oxlint',
    /no-restricted-globals/,
  ),
  plant(
    'Math.random in a pure room',
    'src/processes/planted-random.ts',
    `export const dice = () => Math.random()`,
    'oxlint',
    /no-restricted-properties/,
  ),
  plant(
    'a default export',
    'src/flow/planted-default.ts',
    `export default function one(): number { return 1 }`,
    'oxlint',
    /no-default-export/,
  ),
  plant(
    'any',
    'src/flow/planted-any.ts',
    `export function read(value: any): string { return String(value) }`,
    'oxlint',
    /no-explicit-any/,
  ),
  plant(
    'a function over 70 lines',
    'src/flow/planted-function.ts',
    `export function sum(): number {\n  let total = 0\n${longBody(70)}\n  return total\n}`,
    'oxlint',
    /max-lines-per-function/,
  ),
  plant(
    'a floating promise',
    'src/flow/planted-floating.ts',
    `export function start(work: () => Promise<void>): void { work() }`,
    'oxlint',
    /no-floating-promises/,
  ),
  plant(
    'a floating promise behind void',
    'src/flow/planted-void.ts',
    `export function start(work: () => Promise<void>): void { void work() }`,
    'oxlint',
    /no-floating-promises/,
  ),
  plant(
    'a switch that forgets a case',
    'src/flow/planted-switch.ts',
    `export function word(side: 'in' | 'out'): string {\n  switch (side) {\n    case 'in':\n      return 'in'\n  }\n  return ''\n}`,
    'oxlint',
    /switch-exhaustiveness-check/,
  ),
  plant('a file over 400 lines, seen by the linter', 'src/flow/planted-long.ts', manyLines, 'oxlint', /max-lines/),
  plant('a file over 400 lines', 'src/flow/planted-long.ts', manyLines, tidy.length, /planted-long/),

  plant('a banned word in a path', 'src/flow/utils/planted.ts', `export const one = 1`, tidy.words, /utils/),
  plant(
    'a banned word in a name',
    'src/flow/planted-name.ts',
    `export class LaneManager {}`,
    tidy.words,
    /LaneManager/,
  ),
  plant(
    'a job for later without an issue',
    'src/flow/planted-later.ts',
    `// TODO: later\nexport const one = 1`,
    tidy.words,
    /TODO/,
  ),
  plant(
    'a print instead of a signal',
    'src/flow/planted-print.ts',
    `console.log('here')\nexport const one = 1`,
    tidy.words,
    /console/,
  ),
  plant(
    'a silenced compiler',
    'src/flow/planted-silenced.ts',
    `// @ts-ignore\nexport const one: string = 1`,
    tidy.words,
    /@ts-ignore/,
  ),
  plant(
    'a suite cut down to one test',
    'test/planted-only.test.ts',
    `import { test } from 'vitest'\ntest.only('claims', () => {})`,
    tidy.words,
    /only/,
  ),
  plant(
    'a test that only claims to work',
    'test/planted-claim.test.ts',
    `import { test } from 'vitest'\ntest('works', () => {})`,
    tidy.words,
    /claim about the business/,
  ),
  plant(
    'a real partner in an example',
    'src/flow/planted-partner.ts',
    `export const customer = 'Walmart'`,
    tidy.words,
    /Walmart/,
  ),
  plant('a large file', 'docs/planted-large.md', 'x'.repeat(100_001), tidy.size, /planted-large/),
  plant(
    'a golden file without its other half',
    'src/connectors/planted-two/golden/track/case.in.json',
    '{}',
    tidy.goldens,
    /case\.in\.json/,
  ),
  plant('a hand-written page among the generated', 'docs/reference/planted.md', '# By hand', tidy.head, /planted\.md/),
  plant(
    'a constant without a sentence',
    'src/flow/planted-silent.ts',
    `export const silent = 1`,
    tidy.sentences,
    /planted-silent/,
  ),
  plant(
    'a second export without a sentence',
    'src/flow/planted-second.ts',
    `/** How many there are, for the guard to see. */\nexport const told = 1\n\nexport interface SecondOptions {\n  readonly most: number\n}`,
    tidy.sentences,
    /planted-second.*SecondOptions/,
  ),
  plant(
    'a generator without a sentence',
    'src/flow/planted-generator.ts',
    `export function* several(): Generator<number> {\n  yield 1\n}`,
    tidy.sentences,
    /planted-generator/,
  ),
  plant(
    'a sentence that only says the name again',
    'src/flow/planted-again.ts',
    `/** The lane of the message. */\nexport const messageLane = 1`,
    tidy.repeated,
    /planted-again/,
  ),
  plant('a link into nothing', 'docs/planted-link.md', '[see](nowhere.md)', tidy.links, /nowhere\.md/),
]

function plant(name: string, path: string, text: string, guard: string, says: RegExp): Plant {
  return { name, path, text: `${text}\n`, guard, says }
}
