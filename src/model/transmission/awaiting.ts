import type { Derived, Entity, Evolve, Fact } from '../fact.ts'
import { answersIn, type BusinessAnswer } from './business-answer.ts'

/** An answer of a partner’s business that an object waits for. */
export interface Awaited {
  readonly transmission: string
  readonly answer: BusinessAnswer
  /** How often it was answered when the document was owed. */
  readonly already: number
}

/** What waits for answers: any object, with a member of its own. */
interface Waiting {
  readonly awaited?: readonly Awaited[]
  readonly mergedInto?: string
}

/** Documents that one object may wait for at once; the oldest go first. */
const awaitedMax = 50

/**
 * Adds to an object that it waits for answers of partners, whatever it is: a document tells it that it was sent, and is told when the
 * object has been answered. It does not matter by which way the answer comes.
 */
export function awaiting<S>(entity: Entity, evolve: Evolve<S>): Evolve<S> {
  const asked = `${entity}.answer_awaited_reported`
  return (state, fact) => {
    if (fact.type === asked) return told(state, fact)
    const evolution = evolve(state, fact)
    // Folds know nothing of it: what they make of the object leaves it out or takes it along.
    const { awaited = none } = (state ?? {}) as Waiting
    if (awaited.length === 0) return evolution
    const { mergedInto } = evolution.state as Waiting
    if (mergedInto !== undefined) {
      const handed = awaited.map((one, index) => handOver(asked, mergedInto, { one, index }))
      return { ...evolution, state: keeping(evolution.state, none), facts: [...evolution.facts, ...handed] }
    }
    const { left, facts } = settled(awaited, evolution.state)
    if (facts.length === 0) return { ...evolution, state: keeping(evolution.state, awaited) }
    return { ...evolution, state: keeping(evolution.state, left), facts: [...evolution.facts, ...facts] }
  }

  function told(state: S | undefined, fact: Fact): ReturnType<Evolve<S>> {
    const one = fact.data as Awaited
    // An object that nobody told anything about has its own idea of how it begins.
    const known = state ?? evolve(undefined, { ...fact, type: 'hub.nothing_said' }).state
    const { awaited = none, mergedInto } = known as Waiting
    if (mergedInto !== undefined)
      return { state: known, facts: [handOver(asked, mergedInto, { one, index: 0 })], timers: [] }
    const others = awaited.filter(({ transmission }) => transmission !== one.transmission)
    const { left, facts } = settled([...others, one].slice(-awaitedMax), known)
    return { state: keeping(known, left), facts, timers: [] }
  }
}

const none: readonly Awaited[] = []

function settled(awaited: readonly Awaited[], state: unknown): { left: readonly Awaited[]; facts: Derived[] } {
  const left = awaited.filter(({ answer, already }) => answersIn(answer, state) <= already)
  const given = awaited.filter((one) => !left.includes(one))
  const facts = given.map(
    ({ transmission, answer }, index): Derived => ({
      rule: `answer-${index}`,
      type: 'transmission.response_reported',
      subject: transmission,
      data: { answer },
    }),
  )
  return { left, facts }
}

function handOver(type: string, subject: string, { one, index }: { one: Awaited; index: number }): Derived {
  return { rule: `awaits-${index}`, type, subject, data: one }
}

function keeping<S>(state: S, awaited: readonly Awaited[]): S {
  const { awaited: _, ...others } = state as S & Waiting
  return (awaited.length === 0 ? others : { ...others, awaited }) as S
}
