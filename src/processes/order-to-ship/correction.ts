import { add, compare, type Decimal, isZero, subtract } from '../../base/decimal.ts'
import type { Instant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import type { Fact } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { EffectDefinition, StateDefinition, Step, Subscription, TaskDefinition } from '../engine/definition.ts'
import { type Instance, readBranch, type Stay, type TaskRecord } from '../engine/instance.ts'
import type { Scope } from '../engine/scope.ts'
import { type Data, keyOf } from '../posting.ts'
import { linesOf, record, text } from '../told-document.ts'
import { deliveryHere, deliverySteps } from './delivery-track.ts'
import { deliveryKeys, type Known } from './known.ts'

/** What a warehouse says that left, after it had said something else and that was booked. */
export interface Correction {
  /** Which of its confirmations. */
  readonly confirmation: string
  /** What is booked. */
  readonly was: readonly IssuedLine[]
  readonly now: readonly IssuedLine[]
  readonly toldAt: Instant
}

/** What finance has decided about a confirmation: kept as long as the delivery is, or the same question came with every new word about it. */
interface Booked {
  /** Of the correction that was dealt with last. */
  readonly name: string
  /** How many were. */
  readonly count: number
  /** What the books say since. */
  readonly lines: readonly IssuedLine[]
}

/** A correction of which finance decides, against what the books say by then. */
interface Open extends Correction {
  readonly name: string
  readonly count: number
}

/** Some of one item that left. */
export interface IssuedLine {
  readonly line: string
  readonly sku: string
  readonly quantity: Decimal
  readonly uom: string
}

type Here = Scope<Known>

const differs = 'delivery.observation_recorded'
const asks = 'quantity-differs-after-issue'

/** The warehouse confirms other quantities than before, under the same number. */
export const correctionSubscription: Readonly<Record<string, Subscription<Known>>> = {
  [differs]: {
    about: 'The warehouse confirms other quantities than before.',
    keys: (fact, state) => (confirmationIn(fact) === undefined ? [] : deliveryKeys(fact, state)),
    take: (fact, state) => {
      const confirmation = confirmationIn(fact) ?? ''
      const { object = {} } = (state ?? {}) as { readonly object?: Data }
      const number = text(object['deliveryNumber']) ?? fact.subject
      return {
        number: normalizeIdentifier({ scheme: 'delivery', value: number }),
        confirmation,
        was: issued(record(record(object['confirmations'])[confirmation])['lines']),
        now: issued(record((fact.data as Data)['told'])['lines']),
      }
    },
    remember: (known, { at, data }) => {
      const { number, ...told } = data as Omit<Correction, 'toldAt'> & { readonly number: string }
      const here = known.corrections?.[number]
      const before = here?.[told.confirmation]
      const next: Correction = { ...told, toldAt: at }
      if (before !== undefined && rank(next) <= rank(before)) return known
      return {
        ...known,
        corrections: { ...known.corrections, [number]: { ...here, [told.confirmation]: next } },
      }
    },
  },
}

function confirmationIn({ data }: Fact): string | undefined {
  const { kind, said } = data as { readonly kind?: unknown; readonly said?: unknown }
  const name = typeof said === 'string' && kind === 'conflicting_part' ? said.split(' ') : []
  return name[0] === 'confirmations' ? name[1] : undefined
}

/** A line that left in several lots is one: compared lot by lot, a lot that was told twice would hide what is missing of another. */
function issued(told: unknown): readonly IssuedLine[] {
  const found = new Map<string, IssuedLine>()
  for (const { line, sku, quantity = '0', uom = 'C62' } of linesOf(told)) {
    const name = `${line} ${sku} ${uom}`
    found.set(name, { line, sku, quantity: add(found.get(name)?.quantity ?? '0', quantity), uom })
  }
  return [...found.values()]
}

/** The newest word counts; of two at the same time always the same one. */
function rank({ toldAt, now }: Correction): string {
  return `${toldAt} ${JSON.stringify(now)}`
}

function bookedHere({ chosen }: Here): Readonly<Record<string, Booked>> {
  return (chosen['booked'] ?? {}) as Readonly<Record<string, Booked>>
}

/** What is not yet dealt with, the oldest first. */
function correctionHere(scope: Here): Open | undefined {
  const booked = bookedHere(scope)
  return Object.values(scope.known.corrections?.[scope.branchKey] ?? {})
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .flatMap((one): Open[] => {
      const { name, count, lines } = booked[one.confirmation] ?? { name: '', count: 0, lines: one.was }
      const told = ownName(one)
      if (told === name) return []
      const open = { ...one, was: lines, name: told, count: count + 1 }
      return differences(open).length === 0 ? [] : [open]
    })[0]
}

/** The same correction has the same name, however often it is told. */
function ownName({ confirmation, now }: Correction): string {
  return `${confirmation}:${shortHash(JSON.stringify(now)).slice(0, 8)}`
}

/** The first correction of a confirmation goes by its own name; one that comes back after another is another posting. */
function nameOf({ name, count }: Open): string {
  return count === 1 ? name : `${name}:${count}`
}

/** Line by line, by how much more left than is booked; below zero: less. Two units are never set off: each by itself. */
function differences({ was, now }: Correction): readonly IssuedLine[] {
  const nameIn = ({ line, sku, uom }: IssuedLine): string => `${line} ${sku} ${uom}`
  const all = new Map([...was, ...now].map((one) => [nameIn(one), one]))
  return [...all].flatMap(([name, one]) => {
    const quantityIn = (lines: readonly IssuedLine[]): Decimal =>
      lines.find((each) => nameIn(each) === name)?.quantity ?? '0'
    const quantity = subtract(quantityIn(now), quantityIn(was))
    return isZero(quantity) ? [] : [{ ...one, quantity }]
  })
}

const asking = (scope: Here): Data => {
  const found = correctionHere(scope)
  return found === undefined ? {} : { correction: found }
}

const settled =
  (isBooked: boolean) =>
  (scope: Here): Data => {
    const { confirmation, name, count, was, now } = scope.chosen['correction'] as Open
    const dealtWith: Booked = { name, count, lines: isBooked ? now : was }
    return { booked: { ...bookedHere(scope), [confirmation]: dealtWith } }
  }

/** From a delivery that the books say has left, to the question what is true. */
export const correctionStep: Step<Known> = {
  to: 'differing',
  label: 'the warehouse says that something else has left',
  awaits: [differs],
  when: (scope) => correctionHere(scope) !== undefined,
  choose: asking,
}

const decided = (decision: string, to: string, label: string): Step<Known> => ({
  to,
  label,
  awaits: [`task ${asks}`],
  when: (scope) => scope.decided(asks, decision),
  choose: to === 'issued' ? settled(false) : ({ chosen }) => chosen,
})

/** What is done about a delivery that was booked with other quantities than left. */
export const correctionStates: Readonly<Record<string, StateDefinition<Known>>> = {
  differing: {
    about:
      'The books say that other quantities have left than the warehouse says by now: finance decides what is booked.',
    timers: ['stalled'],
    tasks: [asks],
    next: [
      ...deliverySteps('issued'),
      decided('post_difference', 'adjusting', 'the difference is booked'),
      decided('reverse_and_repost', 'reversing', 'it is taken back and booked anew'),
      decided('leave', 'issued', 'the books stay as they are'),
      {
        to: 'issued',
        label: 'the warehouse says what is booked after all',
        awaits: [differs],
        when: (scope) => correctionHere(scope) === undefined,
      },
      {
        to: 'differing',
        label: 'the warehouse says something else again, or it is late',
        awaits: [differs, 'timer stalled'],
        when: (scope) =>
          scope.missed('stalled') ||
          JSON.stringify(correctionHere(scope)) !== JSON.stringify(scope.chosen['correction']),
        choose: asking,
      },
    ],
  },
  adjusting: {
    about: 'What left less is taken back, and what left more is issued.',
    effects: ['take-back-difference', 'issue-difference'],
    timers: ['issue-confirm'],
    next: [booked(['take-back-difference', 'issue-difference']), late('adjusting')],
  },
  reversing: {
    about: 'The goods issue is taken back as it was booked.',
    effects: ['reverse-issue'],
    timers: ['issue-confirm'],
    next: [{ ...booked(['reverse-issue']), to: 'reposting', choose: ({ chosen }) => chosen }, late('reversing')],
  },
  reposting: {
    about: 'The goods issue is booked with what left.',
    effects: ['repost-issue'],
    timers: ['issue-confirm'],
    next: [booked(['repost-issue']), late('reposting')],
  },
}

function booked(effects: readonly string[]): Step<Known> {
  return {
    to: 'issued',
    label: 'it is in the books',
    awaits: effects.map((name) => `effect ${name}`),
    when: (scope) => effects.every((name) => scope.done(name)),
    choose: settled(true),
  }
}

function late(state: string): Step<Known> {
  return {
    to: state,
    label: 'it is late',
    awaits: ['timer issue-confirm'],
    when: (scope) => scope.missed('issue-confirm'),
    choose: ({ chosen }) => chosen,
  }
}

/** The postings by which books and warehouse say the same again. */
export const correctionEffects: Readonly<Record<string, EffectDefinition<Known>>> = {
  'issue-difference': posting('What left more than was booked is issued.', 'post_goods_issue', (one) =>
    differences(one).filter(({ quantity }) => compare(quantity, '0') > 0),
  ),
  'repost-issue': posting('The goods issue is booked with what left.', 'post_goods_issue', ({ now }) =>
    now.filter(({ quantity }) => !isZero(quantity)),
  ),
  'reverse-issue': posting('The goods issue is taken back.', 'reverse_goods_issue', ({ was }) => was),
  'take-back-difference': posting('What was booked and did not leave is taken back.', 'reverse_goods_issue', (one) =>
    differences(one).flatMap((line) =>
      compare(line.quantity, '0') < 0 ? [{ ...line, quantity: subtract('0', line.quantity) }] : [],
    ),
  ),
}

function posting(
  about: string,
  command: string,
  linesHere: (one: Correction) => readonly IssuedLine[],
): EffectDefinition<Known> {
  return {
    about,
    command,
    role: 'finance',
    required: true,
    object: (scope) => deliveryHere(scope)?.subject,
    make: (scope) => {
      const correction = scope.chosen['correction'] as Open
      const lines = linesHere(correction)
      if (lines.length === 0) return undefined
      const number = keyOf('delivery', scope.branchKey)
      const { ordered = {} } = deliveryHere(scope) ?? {}
      return {
        businessKey: `${number}:${nameOf(correction)}`,
        key: `delivery:${number}`,
        priority: 3,
        payload: {
          ...{ deliveryNumber: scope.branchKey, orderNumber: scope.known.number },
          ...(ordered['location'] === undefined ? {} : { location: ordered['location'] }),
          ...{ postingDate: correction.toldAt.slice(0, 10), lines },
        },
      }
    },
  }
}

/** Asked of finance: the books say one thing, the warehouse another. */
export const correctionTasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  [asks]: {
    about: 'A warehouse confirms other quantities than are booked.',
    role: 'finance',
    question: (scope) =>
      `Delivery ${scope.branchKey} of order ${scope.known.number} is booked, and its warehouse says by now that other quantities have left. What is booked?`,
    evidence: ({ chosen }) => {
      const correction = chosen['correction'] as Open
      return { ...correction, differences: differences(correction) }
    },
    objects: (scope) => [deliveryHere(scope)?.subject ?? scope.known.order],
    decisions: [
      {
        name: 'post_difference',
        label: 'Book the difference',
        consequence: 'What left less is taken back, what left more is issued.',
      },
      {
        name: 'reverse_and_repost',
        label: 'Take it back and book it anew',
        consequence: 'The goods issue is reversed as it was, then booked with what left.',
      },
      { name: 'leave', label: 'Leave it', consequence: 'The books stay as they are.', reasonRequired: true },
    ],
  },
}

/** Instances from before several confirmations of a delivery were kept apart, and what was decided of them beyond the next word about it. */
export function correctionsApart(instance: Instance): Instance {
  const { corrections = {}, ...others } = instance.known as Omit<Known, 'corrections'> & {
    readonly corrections?: Readonly<Record<string, Correction>>
  }
  const known = Object.entries(corrections).filter(([, { confirmation }]) => typeof confirmation === 'string')
  if (known.length === 0) return instance
  const told = Object.fromEntries(known)
  const stays = Object.entries(instance.at).map(([branch, stay]): [string, Stay] => {
    const { name, key } = readBranch(branch)
    const one = told[key]
    if (name !== 'delivery' || one === undefined) return [branch, stay]
    return [branch, { ...stay, chosen: chosenApart(stay, one, instance.tasks[`${asks}/${key}`]) }]
  })
  const apart = Object.fromEntries(known.map(([number, one]) => [number, { [one.confirmation]: one }]))
  return { ...instance, at: Object.fromEntries(stays), known: { ...others, corrections: apart } }
}

function chosenApart({ chosen = {} }: Stay, one: Correction, task: TaskRecord | undefined): Data {
  const { correction, dealtWith, ...rest } = chosen
  if (correction !== undefined) {
    const open = correction as Correction
    return { ...rest, correction: { ...open, name: ownName(open), count: 1 } }
  }
  if (dealtWith !== ownName(one)) return chosen
  const lines = task?.answer?.decision === 'leave' ? one.was : one.now
  return { ...rest, booked: { [one.confirmation]: { name: ownName(one), count: 1, lines } } }
}
