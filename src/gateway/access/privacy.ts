import { InterlineError } from '../../base/errors.ts'
import { personalMember } from '../../model/fields/personal.ts'
import type { TextSchema } from '../../model/personal/free-text.ts'
import { holdsMark, maskFreeText, maskPersonal } from '../../model/personal/mask.ts'
import type { Answer, Route } from '../route.ts'
import { hasScope, type Principal } from './principal.ts'

/**
 * Keeps who people are from those without `personal:read`, in the answers of one route. What is personal, and what is free text, is declared
 * with the fields; no handler knows of it. Whoever has the scope pays nothing.
 */
export class Privacy {
  /** The route with answers as its caller may see them. */
  readonly guarded: Route
  readonly #also: ReadonlySet<string>
  readonly #alsoInRows: ReadonlySet<string>
  readonly #isOfColleagues: boolean
  readonly #answer: TextSchema | undefined
  readonly #line: TextSchema | undefined
  readonly #body: TextSchema | undefined

  constructor(route: Route) {
    this.#answer = route.answer.schema as TextSchema | undefined
    this.#line = route.answer.line as TextSchema | undefined
    this.#body = route.body as TextSchema | undefined
    this.#also = new Set(markedIn(route.answer.schema))
    this.#alsoInRows = new Set(markedIn(rowOf(route.answer.schema)))
    // Who works here is shown by the scopes of people, and each is shown what is his own.
    this.#isOfColleagues = ['people:read', 'people:write', 'signed-in', 'public'].includes(route.scope)
    this.guarded = { ...route, handle: async (call) => this.shown(call.principal, await route.handle(call)) }
  }

  /** The answer as this caller may see it: of the same shape, with marks in place of personal values. */
  shown(principal: Principal, answer: Answer): Answer {
    const { body, bytes } = answer
    if (bytes !== undefined && this.#line !== undefined && !this.#maySee(principal))
      return { ...answer, bytes: maskedLines(bytes, this.#line) }
    if (body === undefined || body === '' || this.#maySee(principal)) return answer
    const value = maskFreeText(typeof body === 'string' ? JSON.parse(body) : body, this.#answer)
    const { data } = value as { readonly data?: unknown }
    if (!Array.isArray(data)) return { ...answer, body: maskPersonal(value, this.#also) }
    const rows = data.map((row) => maskPersonal(row, this.#alsoInRows))
    return { ...answer, body: { ...(maskPersonal({ ...(value as object), data: [] }) as object), data: rows } }
  }

  /** Who was shown marks must not write them over what they stand for. Throws PERSONAL_MASKED. */
  demandUnmasked(principal: Principal, body: unknown): void {
    if (!this.#maySee(principal) && holdsMark(body, this.#body)) throw new InterlineError('PERSONAL_MASKED')
  }

  #maySee(principal: Principal): boolean {
    return this.#isOfColleagues || hasScope(principal, 'personal:read')
  }
}

function maskedLines(bytes: Uint8Array, line: TextSchema): Uint8Array {
  const rows = Buffer.from(bytes).toString('utf8').split('\n')
  const shown = rows.map((row) =>
    row === '' ? row : JSON.stringify(maskPersonal(maskFreeText(JSON.parse(row), line))),
  )
  return Buffer.from(shown.join('\n'))
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
