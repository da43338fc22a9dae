/** When a process of the hub is killed: at a write to its backbone, just before or just after it is done. */
export interface Death {
  /** Verb of the backbone: `commit`, `conclude`; absent: whichever comes. */
  readonly at?: string
  /** How many such writes it lives to see: 0 dies at the first. */
  readonly after: number
  readonly done: boolean
}

/**
 * Makes what a process of the hub works with mortal: once it is dead nothing that it asks for is answered and nothing that it starts
 * happens, as after kill -9. What it has written stays.
 */
export class Mortal {
  readonly died = Promise.withResolvers<void>()
  #isDead = false
  #death: { readonly death: Death; left: number } | undefined

  get isDead(): boolean {
    return this.#isDead
  }

  dieAt(death: Death): void {
    this.#death = { death, left: death.after }
  }

  kill(): void {
    this.#isDead = true
    this.died.resolve()
  }

  wrap<T extends object>(target: T): T {
    const made = new Map<string | symbol, unknown>()
    return new Proxy(target, {
      get: (_, name) => {
        const known = made.get(name)
        if (known !== undefined) return known
        const value: unknown = Reflect.get(target, name, target)
        const wrapped =
          typeof value === 'function'
            ? (...input: unknown[]) =>
                this.#call(verbOf(String(name), input[0]), () => Reflect.apply(value, target, input) as unknown)
            : typeof value === 'object' && value !== null && nested.has(String(name))
              ? this.wrap(value)
              : undefined
        if (wrapped === undefined) return value
        made.set(name, wrapped)
        return wrapped
      },
    })
  }

  #call(name: string, work: () => unknown): unknown {
    if (this.#isDead) return never
    const dying = this.#death
    if (dying === undefined || !writes.has(name) || (dying.death.at ?? name) !== name || dying.left-- > 0) return work()
    // What was done is done; nobody hears of it any more.
    if (dying.death.done) Promise.resolve(work()).catch(() => {})
    this.kill()
    return never
  }
}

/** Outcomes of effects are written by the step that folds them, or by themselves: either concludes. */
function verbOf(name: string, step: unknown): string {
  const { conclusions } = (step ?? {}) as { readonly conclusions?: readonly unknown[] }
  return name === 'commit' && (conclusions?.length ?? 0) > 0 ? 'conclude' : name
}

const never = new Promise<never>(() => {})
const nested: ReadonlySet<string> = new Set(['ledger', 'stores', 'cursors', 'outbound'])
const writes: ReadonlySet<string> = new Set(['append', 'commit', 'claim', 'conclude', 'intend', 'store', 'unclaim'])
