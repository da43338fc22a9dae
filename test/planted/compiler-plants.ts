import { manyLines, type Plant, plant } from './plant.ts'

const longBody = (lines: number): string =>
  Array.from({ length: lines }, (_, index) => `  total += ${index}`).join('\n')

/** What the compiler and the linter must see. */
export const compilerPlants: readonly Plant[] = [
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
]
