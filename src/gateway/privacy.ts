import { InterlineError } from '../base/errors.ts'
import { personalMember } from '../model/fields/personal.ts'
import { holdsMark, maskPersonal } from '../model/personal/mask.ts'
import { hasScope, type Principal } from './principal.ts'
import type { Answer, Route } from './route.ts'

/**
 * Keeps who people are from those without `personal:read`, in the answers of one route. What is personal is declared with the fields; no
 * handler knows of it. Whoever has the scope pays nothing.
 */
export class Privacy {
  /** The route with answers as its caller may see them. */
  readonly guarded: Route
  readonly #also: ReadonlySet<string>
  readonly #alsoInRows: ReadonlySet<string>
  readonly #isOfColleagues: boolean

  constructor(route: Route) {
    this.#also = new Set(markedIn(route.answer.schema))
    this.#alsoInRows = new Set(markedIn(rowOf(route.answer.schema)))
    // Who works here is shown by the scopes of people, and each is shown what is his own.
    this.#isOfColleagues = ['people:read', 'people:write', 'signed-in', 'public'].includes(route.scope)
    this.guarded = { ...route, handle: async (call) => this.shown(call.principal, await route.handle(call)) }
  }

  /** The answer as this caller may see it: of the same shape, with marks in place of personal values. */
  shown(principal: Principal, answer: Answer): Answer {
    const { body } = answer
    if (body === undefined || body === '' || this.#maySee(principal)) return answer
    const value: unknown = typeof body === 'string' ? JSON.parse(body) : body
    const { data } = value as { readonly data?: unknown }
    if (!Array.isArray(data)) return { ...answer, body: maskPersonal(value, this.#also) }
    const rows = data.map((row) => maskPersonal(row, this.#alsoInRows))
    return { ...answer, body: { ...(maskPersonal({ ...(value as object), data: [] }) as object), data: rows } }
  }

  /** Who was shown marks must not write them over what they stand for. Throws PERSONAL_MASKED. */
  demandUnmasked(principal: Principal, body: unknown): void {
    if (!this.#maySee(principal) && holdsMark(body)) throw new InterlineError('PERSONAL_MASKED')
  }

  #maySee(principal: Principal): boolean {
    return this.#isOfColleagues || hasScope(principal, 'personal:read')
  }
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
}

function rowOf(schema: Shape | undefined): Shape | undefined {
  return schema?.properties?.['data']?.items
}

function markedIn(schema: Shape | undefined): readonly string[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, member]) => (personalMember in member ? [name] : []))
}
