import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { routes } from '../../src/gateway/all.ts'
import type { Route } from '../../src/gateway/route.ts'
import { freeText, freeTextMember, personalMember } from '../../src/model/fields/personal.ts'
import type { TextSchema } from '../../src/model/personal/free-text.ts'
import { expectNone } from '../expect-none.ts'
import { type AnswerText, harmlessBecause, statedPlaces } from './harmless-texts.ts'

type Declared = Pick<Route, 'operationId' | 'scope' | 'personal' | 'answer'>

/** Of each of its own, of colleagues, or for those who see people anyway. */
const isShownWhole = ({ scope, personal }: Declared): boolean =>
  personal === true || ['people:read', 'people:write', 'signed-in', 'public'].includes(scope)

/** Every text of an answer that is neither masked nor one of few words, a pattern or a format. */
function textsOf({ operationId: operation, answer }: Declared): readonly AnswerText[] {
  const found: AnswerText[] = []
  const read = (schema: TextSchema, place: string, name: string): void => {
    if (freeTextMember in schema || personalMember in schema) return
    const isText = schema.type === 'string' && schema.enum === undefined && !('pattern' in schema || 'format' in schema)
    if (isText)
      found.push({ operation, place: operation + place, name, about: String(Reflect.get(schema, 'description')) })
    for (const [member, one] of Object.entries(schema.properties ?? {})) read(one, `${place}.${member}`, member)
    const rest = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []
    for (const one of [...Object.values(schema.patternProperties ?? {}), ...rest]) read(one, `${place}.*`, name)
    if (schema.items !== undefined) read(schema.items, `${place}[]`, name)
    for (const one of schema.anyOf ?? []) read(one, place, name)
  }
  // One document a line is told by the schema of the line.
  const schema = answer.line ?? (answer.mediaType === undefined ? answer.schema : undefined)
  if (schema !== undefined) read(schema as TextSchema, '', '')
  return found
}

const unstated = (one: Declared): readonly string[] =>
  isShownWhole(one) ? [] : textsOf(one).flatMap((text) => (harmlessBecause(text) === undefined ? [text.place] : []))

test('every text of an answer is masked, or it is stated why it names nobody', () => {
  expectNone(routes.flatMap(unstated))
})

test('what is stated to be harmless exists', () => {
  const places = new Set(routes.flatMap((one) => textsOf(one).map(({ place }) => place)))
  expectNone(statedPlaces.filter((one) => !places.has(one)))
})

test('a remark that nobody declared would be found out, wherever it stands', () => {
  const planted = (remark: ReturnType<typeof Type.String>): Declared => ({
    ...{ operationId: 'listPlanted', scope: 'tasks:read' },
    answer: { status: 200, schema: Type.Object({ data: Type.Array(Type.Object({ id: Type.String(), remark })) }) },
  })
  expect(unstated(planted(Type.String({ description: 'What the driver says.' })))).toEqual([
    'listPlanted.data[].remark',
  ])
  expect(unstated(planted(freeText(Type.String())))).toEqual([])
})
