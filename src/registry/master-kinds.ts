import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { compare, isDecimal } from '../base/decimal.ts'
import { readInstant } from '../base/instant.ts'
import { codedKinds } from '../model/codes/code-key.ts'
import { carrierObject } from '../model/objects/carrier.ts'
import { itemObject } from '../model/objects/item.ts'
import { locationObject } from '../model/objects/location.ts'
import { partyObject } from '../model/objects/party.ts'
import { canonicalUnit } from '../model/partner-unit.ts'
import { isKnownUnit } from '../model/unit.ts'
import { type CrossReference, crossReferenceKey } from './cross-reference.ts'
import { substitutionKey, substitutionProblem, substitutionSchema } from './substitution.ts'

/** A kind of master data: what a row may say, and what names it. */
export interface MasterKind {
  readonly about: string
  readonly schema: TObject
  /** Undefined when the row does not say what names it. */
  readonly keyOf: (body: Readonly<Record<string, unknown>>) => string
  /** What is wrong with a row that has the right shape. */
  readonly problem: (body: Readonly<Record<string, unknown>>) => string | undefined
}

/** The names of the kinds, as they stand in addresses. */
export const masterKindNames = [
  'items',
  'locations',
  'parties',
  'carriers',
  'services',
  'substitutes',
  'cross-references',
] as const
/** One of them. */
export type MasterKindName = (typeof masterKindNames)[number]

const code = Type.String({ minLength: 1, maxLength: 60, description: 'What we call it. Letters count as they are.' })
const closed = { additionalProperties: false }
const { sku, description, status, baseUom, uomConversions, tracking } = itemObject.properties
const { shelfLifeDays, hsCode, countryOfOrigin, hazmat, temperature } = itemObject.properties
const location = locationObject.properties
const party = partyObject.properties
const carrier = carrierObject.properties

const schemas = {
  items: Type.Object(
    {
      sku: Type.String({ ...sku, minLength: 1 }),
      baseUom,
      description: Type.Optional(description),
      status: Type.Optional(status),
      uomConversions: Type.Optional(uomConversions),
      tracking: Type.Optional(tracking),
      shelfLifeDays,
      hsCode,
      countryOfOrigin,
      hazmat,
      temperature,
    },
    closed,
  ),
  locations: Type.Object(
    {
      code,
      name: Type.Optional(Type.String({ maxLength: 200, description: 'What people call it.' })),
      kind: Type.Optional(location.kind),
      parent: Type.Optional(Type.String({ maxLength: 60, description: 'Code of the place that it is part of.' })),
      address: location.address,
      timezone: Type.Optional(location.timezone),
      gln: location.gln,
      unlocode: location.unlocode,
    },
    closed,
  ),
  parties: Type.Object(
    {
      code,
      name: party.name,
      kinds: Type.Optional(party.kinds),
      addresses: Type.Optional(party.addresses),
      paymentTerms: party.paymentTerms,
      defaultCurrency: party.defaultCurrency,
    },
    closed,
  ),
  carriers: Type.Object({ code, name: carrier.name, scac: carrier.scac }, closed),
  services: Type.Object(
    {
      carrier: Type.String({ minLength: 1, maxLength: 60, description: 'Code of the carrier.' }),
      code,
      name: Type.Optional(Type.String({ maxLength: 200, description: 'What people call it.' })),
      mode: Type.Optional(Type.String({ maxLength: 60, description: 'How it moves goods: parcel, ltl, ftl, ocean.' })),
    },
    closed,
  ),
  substitutes: substitutionSchema,
  'cross-references': Type.Object(
    {
      entity: Type.Enum([...codedKinds], { description: 'What kind of thing it is.' }),
      system: Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Whose code it is: the connection, or what its codes.system names.',
      }),
      externalValue: Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'What it is called there, letter for letter.',
      }),
      qualifier: Type.Optional(
        Type.String({ maxLength: 60, description: 'What the code depends on: the carrier of a service.' }),
      ),
      canonicalId: Type.String({ minLength: 1, maxLength: 120, description: 'What we call it.' }),
      direction: Type.Optional(
        Type.Enum(['in', 'out', 'both'], { description: 'Which way it translates; in without it.' }),
      ),
      validFrom: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339. Absent: since ever.' })),
      validTo: Type.Optional(
        Type.String({ maxLength: 40, description: 'RFC 3339, first moment when it is not valid. Absent: no end.' }),
      ),
      status: Type.Optional(
        Type.Enum(['proposed', 'active', 'retired'], {
          description: 'Only an active one translates; proposed without it.',
        }),
      ),
      fallback: Type.Optional(Type.Boolean({ description: 'Counts only where nothing better fits.' })),
    },
    closed,
  ),
} as const satisfies Readonly<Record<MasterKindName, TSchema>>

/** An item as it is stored. */
export type Item = Static<(typeof schemas)['items']>

const nothing = (): undefined => undefined
const byCode = (body: Readonly<Record<string, unknown>>): string => String(body['code'])

/** Every kind of master data. */
export const masterKinds: Readonly<Record<MasterKindName, MasterKind>> = {
  items: {
    about: 'Things that are bought, stocked or sold, with what one of each of their units is.',
    schema: schemas.items,
    keyOf: (body) => String(body['sku']),
    problem: (body) => itemProblem(body as Item),
  },
  locations: { about: 'Places where goods can be.', schema: schemas.locations, keyOf: byCode, problem: nothing },
  parties: { about: 'Customers, suppliers and others.', schema: schemas.parties, keyOf: byCode, problem: nothing },
  carriers: { about: 'Who moves goods.', schema: schemas.carriers, keyOf: byCode, problem: nothing },
  services: {
    about: 'What carriers offer.',
    schema: schemas.services,
    keyOf: (body) => serviceKey(String(body['carrier']), String(body['code'])),
    problem: nothing,
  },
  substitutes: {
    about: 'Items that may be sent instead of others, with who has agreed to that and what they cost.',
    schema: schemas.substitutes,
    keyOf: substitutionKey,
    problem: (body) => substitutionProblem(body) ?? timesProblem(body),
  },
  'cross-references': {
    about: 'What other systems call all of these, and units of measure.',
    schema: schemas['cross-references'],
    keyOf: (body) => crossReferenceKey(body as unknown as CrossReference),
    problem: timesProblem,
  },
}

/** A service belongs to its carrier. */
export function serviceKey(carrierCode: string, service: string): string {
  return `${carrierCode}/${service}`
}

const validators = new Map(masterKindNames.map((name) => [name, Compile(masterKinds[name].schema)] as const))

/** Why a row cannot be taken, with its place; undefined where it can. */
export function rowProblem(kind: MasterKindName, body: unknown): string | undefined {
  const validator = validators.get(kind)
  if (validator === undefined || !validator.Check(body)) {
    const errors = validator?.Errors(body) ?? []
    const first = errors.find(({ keyword }) => keyword !== 'additionalProperties') ?? errors[0]
    const place = first?.instancePath.slice(1).replaceAll('/', '.') ?? ''
    const what = first?.keyword === 'boolean' ? 'is not known here' : first?.message
    return [place, what ?? 'is no row'].filter((one) => one !== '').join(': ')
  }
  return masterKinds[kind].problem(body as Readonly<Record<string, unknown>>)
}

function itemProblem({ baseUom: base, uomConversions: units = [] }: Item): string | undefined {
  if (!isKnownUnit(base)) return `baseUom: ${base} is no unit of the table`
  const names = units.map(({ uom }) => canonicalUnit(uom))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return `uomConversions: ${twice} is listed twice`
  if (names.includes(canonicalUnit(base))) return `uomConversions: ${base} is the base unit`
  const isPositive = (value: string): boolean => isDecimal(value) && compare(value, '0') > 0
  const wrong = units.findIndex(({ numerator, denominator }) => !isPositive(numerator) || !isPositive(denominator))
  return wrong < 0 ? undefined : `uomConversions.${wrong}: expected numerator and denominator above 0`
}

function timesProblem({
  validFrom,
  validTo,
}: Pick<Partial<CrossReference>, 'validFrom' | 'validTo'>): string | undefined {
  for (const [name, value] of [
    ['validFrom', validFrom],
    ['validTo', validTo],
  ] as const)
    if (value !== undefined && readInstant(value) === undefined) return `${name}: expected RFC 3339 with an offset`
  const [from, to] = [readInstant(validFrom ?? ''), readInstant(validTo ?? '')]
  return from !== undefined && to !== undefined && from >= to ? 'validTo: is not after validFrom' : undefined
}
