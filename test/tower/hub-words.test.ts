import { expect, test } from 'vitest'
import { errors } from '../../src/base/errors.ts'
import { codedNames } from '../../src/flow/translate/map-code.ts'
import { nextActionOf } from '../../src/gateway/problem.ts'
import { exceptionCategories } from '../../src/model/code-lists/exception-category.ts'
import { exceptionRules } from '../../src/model/shipment/exceptions.ts'
import { definitions } from '../../src/processes/all.ts'
import { askedAgain } from '../../src/processes/engine/task.ts'
import { acknowledgementsOverdue } from '../../src/watch/checks/acknowledgements-overdue.ts'
import { appointmentsMissed } from '../../src/watch/checks/appointments-missed.ts'
import { processesOverdue } from '../../src/watch/checks/processes-overdue.ts'
import { transportReceiptsMissing } from '../../src/watch/checks/transport-receipts-missing.ts'
import { german, inGerman } from '../../web/src/words/said/german.ts'
import { expectNone } from '../expect-none.ts'
import { formsOfSaid } from './said-forms.ts'

/** Questions with what can be decided. Messages about them to other places have templates of their own. */
const asked = formsOfSaid({
  places: [
    'src/processes',
    'src/flow/translate/name-code.ts',
    'src/flow/translate/map-code.ts',
    'src/model/stock',
    'src/model/task',
  ],
  except: ['src/processes/notification/'],
  members: ['question', 'label', 'consequence'],
  writers: ['conditionsInWords', 'differenceHere', 'explain', 'news', 'notes', 'questions', 'readLines'],
})
/** What an engineer may want of a process by hand. */
const wishes = formsOfSaid({
  places: ['src/flow/advance/process-waits.ts', 'src/flow/advance/process-desk.ts'],
  members: ['consequence'],
  writers: ['refusedWish'],
})
const wrong = formsOfSaid({
  places: ['src/watch/exceptions'],
  members: ['wrong', 'action', 'nextAction'],
  writers: ['outcome', 'tell'],
})
const checks = [acknowledgementsOverdue, appointmentsMissed, processesOverdue, transportReceiptsMissing]
const parks = Object.values(errors).filter(({ flow }) => flow === 'park')
/** What a process says of itself: where it can be, how it goes on, and what it awaits until when. */
const courses = definitions.flatMap(({ branches, timers }) => [
  ...Object.values(timers).flatMap(({ about, lasts, from, then }) => [about, lasts, from, then]),
  ...Object.values(branches).map(({ about }) => about),
  ...Object.values(branches)
    .flatMap(({ states }) => Object.values(states))
    .flatMap(({ about, next = [] }) => [about, ...next.map(({ label }) => label)]),
])
const said = new Set([
  ...asked,
  // Minutes and hours are written alike.
  ...courses.filter((one) => !/^\d+ (?:min|h)$/.test(one)),
  ...wishes,
  // Named once and used by many: a constant of another file is not read where it is used.
  askedAgain,
  ...wrong,
  ...Object.values(exceptionCategories.values),
  ...Object.values(exceptionRules).map(({ nextAction }) => nextAction),
  ...checks.map(({ nextAction }) => nextAction),
  ...parks.flatMap(({ title, hint }) => [title, hint]),
  ...Object.values(codedNames),
  nextActionOf('of no table'),
  'Look at one of the messages and decide.',
  'Open it and decide.',
  'Its time is over',
])
const bracesOf = (text: string): string => (text.match(/\{\w+\}/g) ?? []).toSorted().join()

test('every question, decision, exception, next action and step of a process speaks German, and nothing else is translated', () => {
  expectNone([...said].filter((one) => (german[one] ?? '').trim() === '' || german[one] === one))
  expectNone(Object.keys(german).filter((one) => !said.has(one)))
  expect(asked.size).toBeGreaterThan(350)
  expect(wrong.size).toBeGreaterThan(30)
})

test('the German says all that was found', () => {
  expectNone(Object.keys(german).filter((one) => bracesOf(one) !== bracesOf(german[one] ?? '')))
})

test('a question without German would be found out, in whatever way it is written', () => {
  const forms = formsOfSaid({ places: ['test/tower/said-forms.example.ts'], members: ['question'], writers: [] })
  expect([...forms]).toEqual([
    'Is order {number} there?',
    'Is order {number} of {customer} there?',
    'nobody',
    'What of {lines}? It is late.',
    'What of {lines}? It is early.',
  ])
})

test('a question says what was found, in German where the hub said it and as it is where others did', () => {
  expect(inGerman('Order A-1 cannot be shipped as it is: Line 3 names no item. It has no lines.')).toBe(
    'Auftrag A-1 kann so nicht geliefert werden: Position 3 nennt keinen Artikel. Er hat keine Positionen.',
  )
  expect(inGerman('What does acme mean by the unit of measure BX of SKU 1?')).toBe(
    'Was meint acme mit Einheit BX von SKU 1?',
  )
  expect(inGerman('Invoice 7 differs by 12.50 (10 without tax, 2.5 tax, 12.5 in all). What is paid?')).toBe(
    'Rechnung 7 weicht um 12.50 ab (10 ohne Steuer, 2.5 Steuer, 12.5 insgesamt). Was wird bezahlt?',
  )
  expect(
    inGerman(
      'The invoice of delivery 8 is out, and since then: package 2: not delivered; goods issue reversed. Does it stay?',
    ),
  ).toBe(
    'Die Rechnung zu Lieferung 8 ist hinaus, und seither: Packstück 2: nicht zugestellt; Warenausgang storniert. Bleibt sie?',
  )
})

test('every kind of thing that has codes is asked for in German', () => {
  for (const what of Object.values(codedNames))
    expect(inGerman(`What does acme mean by the ${what} X?`)).toBe(`Was meint acme mit ${german[what] ?? ''} X?`)
  expect(inGerman('The DESADV to acme has no receipt in time.')).toBe(
    'DESADV an acme hat nicht rechtzeitig eine Quittung.',
  )
})

test('several exceptions of one thing are told one after the other', () => {
  expect(inGerman('The weather stops it. A delivery was tried and failed. The third time it is critical.')).toBe(
    'Das Wetter hält sie auf. Ein Zustellversuch ist gescheitert. Beim dritten Mal ist es kritisch.',
  )
  expect(inGerman('post goods issue was refused by erp: period closed')).toBe(
    '„Warenausgang buchen“ wurde von erp abgelehnt: period closed',
  )
})

test('what nobody of us said stays as it is', () => {
  for (const one of ['The lorry to Rome broke.', 'Bitte anrufen; danke', '', 'A document to acme vanished.'])
    expect(inGerman(one)).toBe(one)
})
