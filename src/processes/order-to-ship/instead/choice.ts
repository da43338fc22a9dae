import type { Answer } from '../../engine/instance.ts'
import type { Scope } from '../../engine/scope.ts'
import type { Data } from '../../posting.ts'
import { text } from '../../told-document.ts'
import type { Known } from '../known.ts'
import { type Short, shortsOf } from '../shorts.ts'
import { type Option, optionsOf } from './options.ts'
import { alternativeName, givenBack, heldFor, isPromised, type Planned, planOf } from './plan.ts'
import { chainOf } from './policy.ts'

type Here = Scope<Known>

/** What is chosen about the lines that a delivery was short of, and nothing is decided for yet. */
export interface Choice {
  readonly plan: readonly Planned[]
  /** Lines of which nothing more is shipped. */
  readonly dropped: readonly string[]
  /** For a person. */
  readonly asks: boolean
}

/** Lines of which nothing more is shipped. */
export function droppedHere({ chosen }: Here): readonly string[] {
  return (chosen['dropped'] ?? []) as readonly string[]
}

/** What was tried for lines of this delivery, as `<line> <option>`. */
export function triedHere({ chosen }: Here): readonly string[] {
  return (chosen['tried'] ?? []) as readonly string[]
}

/** Lines for which nothing is decided yet. */
export function openLines(scope: Here): readonly Short[] {
  const decided = new Set([...planOf(scope, scope.branchKey).map(({ lineNo }) => lineNo), ...droppedHere(scope)])
  return shortsOf(scope, scope.branchKey).filter(({ lineNo }) => !decided.has(lineNo))
}

/** What the policy says about the open lines: for each the first way that is possible and was not tried for it in any delivery. */
export function chooseByPolicy(scope: Here): Choice {
  let count = attemptsHere(scope)
  const plan: Planned[] = []
  const dropped: string[] = []
  let asks = false
  for (const short of openLines(scope)) {
    const way = nextOf(scope, short)
    if (way === 'ask') asks = true
    else if (way === 'cancel') dropped.push(short.lineNo)
    else plan.push(planned(scope, { short, option: way, attempt: ++count }))
  }
  return { plan, dropped, asks }
}

/** What a person has decided about the open lines. Nothing: it is not possible, and is asked again. */
export function chooseByPerson(scope: Here, { decision, data = {} }: Answer): Choice {
  const lines = openLines(scope)
  if (decision === 'cancel_remainder') return { plan: [], dropped: lines.map(({ lineNo }) => lineNo), asks: false }
  let count = attemptsHere(scope)
  const plan = lines.flatMap((short): Planned[] => {
    const option = decision === 'backorder' ? later(short) : wanted(optionsOf(scope, short), decision, data)
    return option === undefined ? [] : [planned(scope, { short, option, attempt: ++count })]
  })
  return { plan, dropped: [], asks: plan.length === 0 }
}

function wanted(options: readonly Option[], decision: string, data: Data): Option | undefined {
  const [item, location, unitPrice, currency] = ['item', 'location', 'unitPrice', 'currency'].map((name) =>
    text(data[name]),
  )
  const found = options
    .filter(({ way, location: place }) => way === decision && place !== undefined)
    .find((one) => (item === undefined || one.sku === item) && (location === undefined || one.location === location))
  if (found === undefined || unitPrice === undefined) return found
  return { ...found, priceRule: 'own', unitPrice, ...(currency === undefined ? {} : { currency }) }
}

/** How many of what was planned for this delivery had a name: none is used twice. */
export function attemptsHere({ chosen }: Here): number {
  return Number(chosen['attempts'] ?? 0)
}

function nextOf(scope: Here, short: Short): Option | 'ask' | 'cancel' {
  const tried = new Set(triedAnywhere(scope, short.lineNo))
  const options = optionsOf(scope, short).filter(({ option, location }) => !tried.has(option) && location !== undefined)
  for (const way of chainOf(scope)) {
    if (way === 'ask' || way === 'cancel') return way
    if (way === 'backorder') {
      if (tried.has('later')) continue
      return later(short)
    }
    const found = options.find((one) => one.way === way && one.isAgreed)
    if (found === undefined) continue
    return way === 'substitute' && found.unitPrice === undefined ? 'ask' : found
  }
  return 'ask'
}

function later({ lineNo, sku, quantity, uom }: Short): Option {
  return { way: 'later', lineNo, option: 'later', sku, quantity, uom, isAgreed: true }
}

/** Nothing is tried twice for a line, in whatever delivery: what is short again goes on where the first stopped, and never in a circle. */
function triedAnywhere(scope: Here, lineNo: string): readonly string[] {
  return Object.keys(scope.known.deliveries).flatMap((number) => {
    const { tried = [] } = scope.chosenIn(`short/${number}`) as { readonly tried?: readonly string[] }
    const begin = `${lineNo} `
    const failed = tried.filter((one) => one.startsWith(begin)).map((one) => one.slice(begin.length))
    const standing = planOf(scope, number).filter((one) => one.lineNo === lineNo)
    return [...failed, ...standing.map(({ option }) => option)]
  })
}

function planned(
  scope: Here,
  { short, option, attempt }: { readonly short: Short; readonly option: Option; readonly attempt: number },
): Planned {
  const { way, option: name, lineNo, sku, quantity, uom, location, priceRule, unitPrice, currency } = option
  return {
    ...{ lineNo, way, option: name, sku, quantity, uom, attempt },
    missing: { sku: short.sku, quantity: short.quantity, uom: short.uom },
    reservation: alternativeName(scope.key, scope.branchKey, attempt),
    ...(location === undefined ? {} : { location }),
    ...(way !== 'substitute' || priceRule === undefined ? {} : { priceRule }),
    ...(way !== 'substitute' || unitPrice === undefined ? {} : { unitPrice }),
    ...(way !== 'substitute' || currency === undefined ? {} : { currency }),
  }
}

/** What goes along to the next state. */
export function carried(scope: Here, more: Data = {}): Data {
  const { shorts, plan, tried, dropped } = scope.chosen
  return {
    shorts: JSON.stringify(shortsOf(scope, scope.branchKey)),
    ...(shorts === undefined ? {} : { shorts }),
    ...(plan === undefined ? {} : { plan }),
    ...(tried === undefined ? {} : { tried }),
    ...(dropped === undefined ? {} : { dropped }),
    ...more,
  }
}

/** The choice beside what is planned already. */
export function taken(scope: Here, { plan, dropped }: Choice): Data {
  return carried(scope, {
    plan: [...planOf(scope, scope.branchKey), ...plan],
    dropped: [...droppedHere(scope), ...dropped],
    attempts: attemptsHere(scope) + plan.length,
  })
}

/** Without what cannot be had: it is given back, and not tried again. */
export function without(scope: Here, lost: readonly Planned[]): Data {
  const names = new Set(lost.map(({ reservation }) => reservation))
  return carried(scope, {
    plan: planOf(scope, scope.branchKey).filter(({ reservation }) => !names.has(reservation)),
    tried: [...triedHere(scope), ...lost.map(({ lineNo, option }) => `${lineNo} ${option}`)],
    ...givenBack(scope, lost),
  })
}

/** Planned, and stock said no, or nothing in time. */
export function failedHere(scope: Here): readonly Planned[] {
  return planOf(scope, scope.branchKey).filter((one) => !isPromised(scope, one))
}

/** Stock has answered for all that is planned. */
export function isAnswered(scope: Here): boolean {
  return planOf(scope, scope.branchKey).every((one) => heldFor(scope, one) !== undefined)
}
