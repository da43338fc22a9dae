import fc from 'fast-check'

/** A command of the model-equivalence suite: plain data, so that a failing run can be read and shrunk. */
export type Command =
  | { readonly do: 'append'; readonly inputs: readonly Input[] }
  | {
      readonly do: 'take' | 'renew' | 'release'
      readonly consumer: number
      readonly partition: number
      readonly node: number
    }
  | { readonly do: 'step'; readonly fenced: readonly Fenced[]; readonly rows: Rows }
  | { readonly do: 'inline'; readonly inputs: readonly Input[]; readonly shift: number; readonly factsOnly: boolean }
  | { readonly do: 'releaseParked'; readonly messages: readonly number[] }
  | { readonly do: 'releaseWaiting'; readonly keys: readonly number[] }
  | { readonly do: 'claim' }
  | { readonly do: 'intend'; readonly claim: number; readonly reserveMs: number }
  | {
      readonly do: 'conclude'
      readonly claim: number
      readonly from: number
      readonly to: number
      readonly fact: boolean
      readonly later: boolean
    }
  | { readonly do: 'unclaim'; readonly claim: number; readonly later: boolean }
  | { readonly do: 'decide'; readonly effect: number; readonly action: 'release' | 'edit' | 'applied' | 'cancel' }
  | { readonly do: 'pass'; readonly ms: number }

export interface Input {
  readonly identity: number
  readonly body: number
}

export interface Fenced {
  readonly consumer: number
  readonly partition: number
  readonly node: number
  readonly count: number
  readonly shift: number
}

export interface Rows {
  readonly inputs: readonly Input[]
  readonly facts: readonly number[]
  readonly states: readonly number[]
  readonly claims: readonly {
    readonly value: number
    readonly subject: number
    readonly replaces: number
    readonly days: number
  }[]
  readonly effects: readonly { readonly id: number; readonly key: number }[]
  readonly timers: readonly { readonly name: number; readonly at: number }[]
  readonly parks: readonly { readonly message: number; readonly waits: number }[]
  readonly unparks: readonly number[]
  readonly counts: boolean
}

const small = fc.nat({ max: 3 })
const node = fc.constantFrom(0, 0, 0, 0, 1)
const one = fc.nat({ max: 1 })
const input = fc.record({ identity: fc.nat({ max: 11 }), body: fc.constantFrom(0, 0, 0, 1) })
const inputs = fc.array(input, { maxLength: 5 })
const partition = fc.constantFrom(0, 0, 0, 1)
const fresh = fc.record({ identity: fc.nat({ max: 500 }), body: fc.constant(0) })
const shift = fc.constantFrom(0, 0, 0, 0, 1, -1)
/** Empty every other time, so that steps are of all kinds and not always of everything. */
function list<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(one, { maxLength: 3 }) },
  )
}

const rows: fc.Arbitrary<Rows> = fc.record({
  inputs: list(input),
  facts: list(fc.nat({ max: 7 })),
  states: list(small),
  claims: list(
    fc.record({ value: small, subject: small, replaces: fc.nat({ max: 4 }), days: fc.constantFrom(0, 1, 200, 400) }),
  ),
  effects: list(fc.record({ id: fc.nat({ max: 7 }), key: fc.nat({ max: 2 }) })),
  timers: list(fc.record({ name: small, at: fc.nat({ max: 4 }) })),
  parks: list(fc.record({ message: fc.nat({ max: 5 }), waits: small })),
  unparks: list(fc.nat({ max: 5 })),
  counts: fc.boolean(),
})

const owning: fc.Arbitrary<Command> = fc.record({
  do: fc.constantFrom('take' as const, 'take' as const, 'renew' as const, 'release' as const),
  consumer: one,
  partition,
  node,
})
const stepping: fc.Arbitrary<Command> = fc.record({
  do: fc.constant('step' as const),
  fenced: fc.array(fc.record({ consumer: one, partition: fc.constant(0), node, count: fc.nat({ max: 2 }), shift }), {
    maxLength: 2,
  }),
  rows,
})
const posting: readonly fc.Arbitrary<Command>[] = [
  fc.record({ do: fc.constant('claim' as const) }),
  fc.record({ do: fc.constant('intend' as const), claim: small, reserveMs: fc.constantFrom(0, 0, 35_000, 70_000) }),
  fc.record({
    do: fc.constant('conclude' as const),
    claim: small,
    from: small,
    to: fc.nat({ max: 5 }),
    fact: fc.boolean(),
    later: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('decide' as const),
    effect: fc.nat({ max: 7 }),
    action: fc.constantFrom('release' as const, 'edit' as const, 'applied' as const, 'cancel' as const),
  }),
]
const any: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: stepping },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('append' as const), inputs }) },
  { weight: 2, arbitrary: owning },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('inline' as const),
      inputs: fc.array(fresh, { maxLength: 4 }),
      shift,
      factsOnly: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('releaseParked' as const),
      messages: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('releaseWaiting' as const), keys: fc.array(small, { maxLength: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unclaim' as const), claim: small, later: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(10_000, 31_000, 61_000) }),
  },
  ...posting.map((arbitrary) => ({ weight: 3, arbitrary })),
)

export const commands: fc.Arbitrary<readonly Command[]> = fc.array(any, { minLength: 10, maxLength: 60, size: 'max' })

/** Where every run starts: one node owns both sides of the first partition, and there is something to post. */
export const opening: readonly Command[] = [
  { do: 'take', consumer: 0, partition: 0, node: 0 },
  { do: 'take', consumer: 1, partition: 0, node: 0 },
]
