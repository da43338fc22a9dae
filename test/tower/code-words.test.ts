import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { documentKinds } from '../../src/connectors/generic-erp/contract.ts'
import { instructionKinds } from '../../src/connectors/generic-wms/contract.ts'
import { documentStatuses } from '../../src/model/code-lists/document-status.ts'
import { exceptionCategories } from '../../src/model/code-lists/exception-category.ts'
import { shipmentStatuses } from '../../src/model/code-lists/shipment-status.ts'
import { stockStatuses } from '../../src/model/code-lists/stock-status.ts'
import { trackingCodes } from '../../src/model/code-lists/tracking-code.ts'
import { taskRoles } from '../../src/model/task/roles.ts'
import { definitions } from '../../src/processes/all.ts'
import { ownTasks } from '../../src/processes/engine/definition.ts'
import { masterKindNames } from '../../src/registry/master-kinds.ts'
import { checks } from '../../src/watch/checks/all.ts'
import { readTree } from '../../tools/source-tree.ts'
import { germanChecks } from '../../web/src/words/checks-de.ts'
import { codeWords } from '../../web/src/words/codes.ts'
import { germanMembers } from '../../web/src/words/members-de.ts'
import { evidenceMembers } from './evidence-members.ts'

/** Words of the sources: a code is written down somewhere, as a value or as a member. */
const written = new Set(readTree(['src']).flatMap(({ text }) => text.match(/\w+/g) ?? []))

describe.each(Object.entries(codeWords))('codes in the language %s', (_language, words) => {
  test('exist: a word for a code that is gone would never be read', () => {
    const unknown = Object.keys(words).filter((code) => !code.split(/\W/).every((part) => written.has(part)))
    expect(unknown).toEqual([])
  })
})

test('every status, exception, scan and role of the model has a German word', () => {
  const codes = [
    ...Object.values(documentStatuses).flatMap((one) => Object.keys(one)),
    ...[exceptionCategories, shipmentStatuses, stockStatuses, trackingCodes, taskRoles].flatMap(({ values }) =>
      Object.keys(values),
    ),
  ]
  expect([...new Set(codes)].filter((code) => codeWords['de']?.[code] === undefined)).toEqual([])
})

test('every process, and every state, branch and task of one, has a German word', () => {
  const codes = definitions.flatMap(({ id, branches, tasks }) => [
    ...[id, ...Object.keys(tasks), ...Object.keys(branches)],
    ...Object.values(branches).flatMap(({ states }) => Object.keys(states)),
  ])
  const asked = [...codes, ...Object.keys(ownTasks)]
  expect([...new Set(asked)].filter((code) => codeWords['de']?.[code] === undefined)).toEqual([])
})

test('every timer of a process, what it asks of systems, and every command has a German word', () => {
  const doings = definitions.flatMap(({ timers, effects }) => [...Object.keys(timers), ...Object.keys(effects)])
  const codes = [...doings, ...Object.keys(documentKinds), ...Object.keys(instructionKinds)]
  expect([...new Set(codes)].filter((code) => codeWords['de']?.[code] === undefined)).toEqual([])
})

test('every member of what people are shown to decide by has a German name', () => {
  // Names that the frame has, in every language.
  const framed = new Set(['carrier', 'location', 'lot', 'sku', 'status', 'uom'])
  const members = [...evidenceMembers()].filter((name) => !framed.has(name))
  expect(members.length).toBeGreaterThan(150)
  expect(members.filter((name) => germanMembers[name] === undefined)).toEqual([])
})

test('a code that does not exist would be found out', () => {
  expect(written.has('conjured_status')).toBe(false)
})

test('every business check speaks German in all of its sentences, and nothing is translated that nobody asks any more', () => {
  expect(Object.keys(germanChecks).toSorted()).toEqual(checks.map(({ id }) => id).toSorted())
  for (const { id, question, meaning, unknown, nextAction } of checks) {
    const german = germanChecks[id]
    expect(german?.question).toMatch(/\?$/)
    const sentences = [german?.question, german?.meaning, german?.unknown, german?.nextAction]
    expect(sentences.filter((one) => (one ?? '').trim() === '')).toEqual([])
    expect(sentences.filter((one) => [question, meaning, unknown, nextAction].includes(one ?? ''))).toEqual([])
  }
})

test('every unit of a business check has a word', () => {
  const named = readTree(['web/src/parts/unit-name.ts'])
    .map(({ text }) => text)
    .join()
  const units = new Set(checks.map(({ unit }) => unit).filter((unit) => unit !== 'seconds'))
  expect([...units].filter((unit) => !new RegExp(`^    ${unit}: `, 'm').test(named))).toEqual([])
})

test('the screen of master data offers the kinds that the hub has, in its order', () => {
  const screen = readFileSync('web/src/screens/master-data/master-data.tsx', 'utf8')
  const offered = /masterKinds = \[([^\]]*)\]/.exec(screen)?.[1]?.match(/[\w-]+/g)
  expect(offered).toEqual([...masterKindNames])
})
