import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const dayPattern = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$'
const codes = Type.Array(Type.String({ minLength: 1, maxLength: 35 }), { minItems: 1, maxItems: 2000 })

const valuePatch = Type.Object(
  {
    use: Type.Optional(Type.Union([Type.Literal('required'), Type.Literal('optional'), Type.Literal('forbidden')])),
    codes: Type.Optional(codes),
    pattern: Type.Optional(Type.String({ maxLength: 200 })),
    min: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  },
  { additionalProperties: false },
)

const placePatch = Type.Object(
  {
    use: valuePatch.properties.use,
    /** How often at least and at most. */
    min: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    /** By position: `2`, or `2.1` within a composite. */
    elements: Type.Optional(Type.Record(Type.String({ pattern: '^[1-9]\\d*(\\.[1-9]\\d*)?$' }), valuePatch)),
  },
  { additionalProperties: false },
)

/** Shape of an overlay as a file. */
export const overlaySchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 }),
    about: Type.String({ maxLength: 500 }),
    /** The first and the last day on which it is agreed. */
    from: Type.Optional(Type.String({ pattern: dayPattern })),
    until: Type.Optional(Type.String({ pattern: dayPattern })),
    level: Type.Union([Type.Literal('industry'), Type.Literal('partner'), Type.Literal('relationship')]),
    set: Type.String({ maxLength: 6 }),
    /** Version of the grammar that it lies over. */
    version: Type.String({ maxLength: 12 }),
    /** Other versions as their senders write them, read by this grammar: `004030`, `D.97A`. */
    alsoFor: Type.Optional(Type.Array(Type.String({ maxLength: 12 }), { maxItems: 20 })),
    /** By path: `B10`, `0100`, `0100/N1`. */
    places: Type.Record(Type.String({ pattern: '^[\\w]+(/[\\w]+)*$' }), placePatch),
  },
  { additionalProperties: false },
)

/**
 * What an industry, a partner or one relationship wants otherwise than the standard: narrower, or what the standard leaves open. Data:
 * a file in version control, checked by its schema.
 */
export type Overlay = Static<typeof overlaySchema>
/** What is wanted of a segment or loop. */
export type PlacePatch = Static<typeof placePatch>
/** What is wanted of an element or component. */
export type ElementPatch = Static<typeof valuePatch>

/** Narrower lies over wider. */
export const overlayLevels: readonly Overlay['level'][] = ['industry', 'partner', 'relationship']

const check = Compile(overlaySchema)

/** Why a document is no overlay: one sentence each; none is an overlay. */
export function overlayProblems(value: unknown): string[] {
  return check.Errors(value).map(({ instancePath, message }) => `${instancePath || 'the overlay'} ${message}`)
}

/** Whether a document keeps the schema. */
export function isOverlay(value: unknown): value is Overlay {
  return check.Check(value)
}
