import { expect, test } from 'vitest'
import { accessErrors } from '../../src/base/errors/access.ts'
import { contractErrors } from '../../src/base/errors/contract.ts'
import { processErrors } from '../../src/base/errors/process.ts'
import { requestErrors } from '../../src/base/errors/request.ts'
import { stockErrors } from '../../src/base/errors/stock.ts'
import { taskErrors } from '../../src/base/errors/task.ts'
import { readTree } from '../../tools/source-tree.ts'
import { germanRefusals, refusedInGerman } from '../../web/src/words/refused/german.ts'
import { germanMissing } from '../../web/src/words/refused/missing-de.ts'
import { german } from '../../web/src/words/said/german.ts'
import { expectNone } from '../expect-none.ts'
import { formsOfSaid } from './said-forms.ts'

/** What a page of the tower can be refused with. Errors of starting, of manifests and of the command line never reach a browser. */
const tables = ['access', 'contract', 'process', 'request', 'stock', 'task']
const rows = Object.values({
  ...{ ...accessErrors, ...contractErrors, ...processErrors },
  ...{ ...requestErrors, ...stockErrors, ...taskErrors },
})
/** What parks a message is said by the words for parked messages. */
const refused = rows.filter(({ flow }) => flow !== 'park')
const told = new Set([
  ...refused.flatMap(({ title, hint }) => [title, hint]),
  ...formsOfSaid({ places: tables.map((name) => `src/base/errors/${name}.ts`), members: ['message'], writers: [] }),
])
const bracesOf = (text: string): string => (text.match(/\{\w+\}/g) ?? []).toSorted().join()

test('every refusal that a page can meet speaks German, and nothing is translated that nobody says', () => {
  expect(told.size).toBeGreaterThan(250)
  expectNone([...told].filter((one) => (germanRefusals[one] ?? german[one] ?? '').trim() === ''))
  expectNone(Object.keys(germanRefusals).filter((one) => !told.has(one)))
})

test('the German says all that was found', () => {
  expectNone(Object.keys(germanRefusals).filter((one) => bracesOf(one) !== bracesOf(germanRefusals[one] ?? '')))
})

test('whatever is not found is called by a German name', () => {
  const named = readTree(['src']).flatMap(({ path, text }) =>
    path.endsWith('.test.ts') ? [] : [...text.matchAll(/NOT_FOUND', \{ what: '([^']+)'/g)].map(([, what = '']) => what),
  )
  expect(named.length).toBeGreaterThan(40)
  expectNone([...new Set(named)].filter((what) => germanMissing[what] === undefined))
  expectNone(Object.keys(germanMissing).filter((what) => !named.includes(what)))
})

test('a refusal is said with what was found', () => {
  expect(refusedInGerman('There is no check with this id here.')).toBe(
    'Das gibt es hier nicht: eine Prüfung mit dieser Kennung.',
  )
  expect(
    refusedInGerman('The decision approve needs two people, and Ada Berg is the one who approved it already.'),
  ).toBe('Die Entscheidung „approve“ braucht zwei Personen, und Ada Berg hat ihr schon zugestimmt.')
  expect(refusedInGerman('Something else.')).toBe('Something else.')
})
