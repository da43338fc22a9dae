import { compare } from '../../base/decimal.ts'
import type { StateDefinition, TaskDefinition } from '../engine/definition.ts'
import { branchId } from '../engine/instance.ts'
import { text } from '../told-document.ts'
import { invoiceFacts } from './invoice.ts'
import type { Here, Invoice, Known } from './known.ts'
import { isSameMoney, type Money, written } from './money.ts'

/** Invoices that are approved, and for which their carrier asks for something else by now. */
export function lateKeys(scope: Here): readonly string[] {
  const { invoices, masters } = scope.known
  return [...new Set([...Object.keys(invoices), ...Object.keys(masters)])].filter((key) => isLate(scope, key))
}

/** What the invoice asks for, and what it asked for when it was approved. Undefined: it is not, or from before that was kept. */
function sides({ known, state, chosenIn }: Pick<Here, 'known'> & Sight, key: string) {
  const isMaster = known.masters[key] !== undefined
  const now: Invoice | undefined = isMaster ? known.masters[key] : known.invoices[key]
  const name = isMaster ? 'master' : 'invoice'
  const { asked, askedIn, pay } = chosenIn(branchId(name, key))
  if (now === undefined || now.isPart === true || !approved.has(state(name, key) ?? '')) return undefined
  return typeof asked === 'string' ? { now, asked, askedIn: text(askedIn), pay: text(pay) ?? '0' } : undefined
}

interface Sight {
  readonly state: (name: string, key: string) => string | undefined
  readonly chosenIn: Here['chosenIn']
}

function sight(scope: Here): Pick<Here, 'known'> & Sight {
  return {
    known: scope.known,
    state: (name, key) => scope.state(name, key),
    chosenIn: (branch) => scope.chosenIn(branch),
  }
}

const approved: ReadonlySet<string> = new Set(['booked', 'booking', 'posted', 'posting'])

function isLate(scope: Here, key: string): boolean {
  const found = sides(sight(scope), key)
  if (found === undefined) return false
  const { now, asked, askedIn } = found
  return compare(now.total, asked) !== 0 || !isSameMoney(now.currency, askedIn)
}

/** What it asks for now, so that a person is asked once about it. */
function wordHere(scope: Here): string {
  const found = sides(sight(scope), scope.branchKey)
  return found === undefined ? '' : written([moneyOf(found.now)])
}

function moneyOf({ total, currency }: Invoice): Money {
  return { amount: total, ...(currency === undefined ? {} : { currency }) }
}

function isUnseen(scope: Here): boolean {
  return isLate(scope, scope.branchKey) && wordHere(scope) !== scope.choice('seen')
}

/** What is done about an invoice that its carrier tells anew when it is approved: nothing of the books is changed without a person. */
export const lateStates: Readonly<Record<string, StateDefinition<Known>>> = {
  asking: {
    about: 'The carrier asks for something else under the number of an invoice that is approved: a person looks.',
    tasks: ['told-after-approval'],
    cancel: { refused: 'already_approved' },
    next: [
      {
        to: 'reviewed',
        label: 'it is as it was approved after all',
        awaits: invoiceFacts,
        when: (scope) => !isLate(scope, scope.branchKey),
      },
      {
        to: 'reviewed',
        label: 'a person has looked',
        awaits: ['task told-after-approval'],
        when: (scope) => scope.answer('told-after-approval') !== undefined && wordHere(scope) === scope.choice('word'),
        choose: (scope) => ({ seen: scope.choice('word') }),
      },
      {
        to: 'asking',
        label: 'he asks for something else again',
        awaits: [...invoiceFacts, 'task told-after-approval', 'branch late'],
        when: (scope) => wordHere(scope) !== scope.choice('word'),
        choose: (scope) => ({ word: wordHere(scope) }),
      },
    ],
  },
  reviewed: {
    about: 'Nothing is open about it.',
    final: true,
    next: [
      {
        to: 'asking',
        label: 'the carrier asks for something else',
        awaits: [...invoiceFacts, 'branch invoice', 'branch master'],
        when: isUnseen,
        choose: (scope) => ({ word: wordHere(scope) }),
      },
    ],
  },
}

/** Asked where a carrier tells an invoice anew that is approved. */
export const lateTask: Omit<TaskDefinition<Known>, 'role'> = {
  about: 'A carrier tells an invoice anew that is approved.',
  question: (scope) => {
    const { asked = '0', askedIn } = sides(sight(scope), scope.branchKey) ?? {}
    const before = written([{ amount: asked, ...(askedIn === undefined ? {} : { currency: askedIn }) }])
    return `Invoice ${scope.branchKey} asked for ${before} when it was approved, and asks for ${wordHere(scope)} by now. What becomes of it?`
  },
  evidence: (scope) => {
    const { now, asked, pay } = sides(sight(scope), scope.branchKey) ?? {}
    return { approved: pay, asked, asksNow: now?.total, currency: now?.currency }
  },
  objects: (scope) => [sides(sight(scope), scope.branchKey)?.now.id ?? ''].filter((one) => one !== ''),
  decisions: [
    {
      name: 'corrected',
      label: 'It is corrected',
      consequence: 'The difference was booked by hand, or comes with a document of its own.',
      reasonRequired: true,
    },
    { name: 'leave', label: 'Leave it', consequence: 'What was approved is paid.', reasonRequired: true },
  ],
}
