import { declaredFiles } from '../../connectors/kit/file/files-setting.ts'
import { type FieldDeclaration, type FlatDeclaration, wordsOf } from '../../edi/flat/declaration.ts'
import { shippedOverlays } from '../../edi/overlay/all.ts'
import { type ElementPatch, isOverlay, type Overlay, type PlacePatch } from '../../edi/overlay/overlay.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Contract, ContractPart, Direction } from '../../registry/contracts/contract.ts'
import type { JsonSchema } from '../../registry/contracts/json-schema.ts'
import { serviceOfConnector, serviceOfTag } from '../../registry/service.ts'

/** What is agreed through one connection: sets and overlays of EDI, forms of files. */
export function connectionContracts(connection: Connection, agreed: readonly Overlay[]): Contract[] {
  if (connection.connector.id === 'edi-partner') return [ediContract(connection, agreed)]
  const { files } = connection.settings
  return typeof files === 'object' && files !== null ? fileContracts(connection, files) : []
}

function ediContract({ id, settings }: Connection, agreed: readonly Overlay[]): Contract {
  const [receives, sends] = ['receives', 'sends'].map((name) => (settings[name] ?? []) as readonly string[]) as [
    readonly string[],
    readonly string[],
  ]
  const chosen = ((settings['overlays'] ?? []) as readonly unknown[]).flatMap((one) =>
    isOverlay(one) ? [one] : shippedOverlays.filter(({ name }) => name === one),
  )
  const overlays = [...new Map([...chosen, ...agreed].map((one) => [one.name, one])).values()]
  const covers = (sets: readonly string[], set: string): boolean =>
    sets.length === 0 || sets.some((one) => one.split('@')[0] === set)
  return {
    id: `edi:${id}`,
    kind: 'edi',
    name: id,
    about: `Documents that are exchanged through ${id}.`,
    owner: serviceOfTag('network').owner,
    connection: id,
    parts: [
      { name: 'receives', direction: 'in', schema: sets(receives) },
      { name: 'sends', direction: 'out', schema: sets(sends) },
      ...overlays.map((overlay) => {
        const [comes, goes] = [covers(receives, overlay.set), covers(sends, overlay.set)]
        const direction: Direction = comes === goes ? 'both' : comes ? 'in' : 'out'
        return { name: `${overlay.name} ${overlay.set}@${overlay.version}`, direction, schema: overlaySchema(overlay) }
      }),
    ],
  }
}

function sets(names: readonly string[]): JsonSchema {
  return names.length === 0 ? { type: 'string' } : { type: 'string', enum: names.toSorted() }
}

/** An overlay as a schema of what a document may hold: segments and loops by path, elements by position. */
export function overlaySchema({ places }: Overlay): JsonSchema {
  const entries = Object.entries(places)
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([path, place]) => [path, placeSchema(place)])),
    required: entries.filter(([, { use }]) => use === 'required').map(([path]) => path),
  }
}

function placeSchema({ use, min, max, elements = {} }: PlacePatch): JsonSchema {
  if (use === 'forbidden') return false
  const entries = Object.entries(elements)
  return {
    type: 'array',
    ...(min === undefined ? {} : { minItems: min }),
    ...(max === undefined ? {} : { maxItems: max }),
    items: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([position, element]) => [position, elementSchema(element)])),
      required: entries.filter(([, one]) => one.use === 'required').map(([position]) => position),
    },
  }
}

function elementSchema({ use, codes, pattern, min, max }: ElementPatch): JsonSchema {
  if (use === 'forbidden') return false
  return {
    type: 'string',
    ...(codes === undefined ? {} : { enum: codes.toSorted() }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(min === undefined ? {} : { minLength: min }),
    ...(max === undefined ? {} : { maxLength: max }),
  }
}

function fileContracts({ id, connector, settings }: Connection, files: object): Contract[] {
  const declared = declaredFiles(files)
  return [...declared.in, ...declared.out].map(({ id: file, kind }) => {
    const own = (files as Readonly<Record<string, FlatDeclaration | undefined>>)[file] ?? {}
    const { direction } = kind
    return {
      id: `flat_file:${id}.${file}`,
      kind: 'flat_file',
      name: `${id}.${file}`,
      about: kind.about,
      owner: serviceOfConnector(connector.kind).owner,
      connection: id,
      parts: [
        ...fileParts({ ...kind.declaration, ...own }, direction),
        { name: 'bad rows', direction, schema: { const: settings['badRows'] ?? 'file' } },
      ],
    }
  })
}

/** How a file looks is agreed to the letter; what its fields take may grow. */
function fileParts(form: FlatDeclaration, direction: Direction): ContractPart[] {
  const { fields = {}, records = {}, group: _, document: __, ...look } = form
  const kinds = Object.keys(records).length > 0 ? records : { ROW: { fields } }
  return [
    { name: 'look', direction, schema: { const: look } },
    ...Object.entries(kinds).map(([name, record]) => {
      const entries = Object.entries(record.fields ?? {})
      return {
        name: `record ${name}`,
        direction,
        schema: {
          type: 'object',
          properties: Object.fromEntries(entries.map(([field, declared]) => [field, fieldSchema(declared)])),
          required: entries.filter(([, declared]) => wordsOf(declared).required === true).map(([field]) => field),
        },
      }
    }),
  ]
}

function fieldSchema(declared: FieldDeclaration): JsonSchema {
  const { column, at, length, type = 'text', format, codes, otherCodes, longest, shortest } = wordsOf(declared)
  return {
    type: 'object',
    properties: {
      place: { const: { ...(column === undefined ? {} : { column }), ...(at === undefined ? {} : { at, length }) } },
      form: { const: format === undefined ? type : `${type} ${format}` },
      value: {
        type: 'string',
        ...(codes === undefined || otherCodes === 'keep' ? {} : { enum: Object.keys(codes).toSorted() }),
        ...(longest === undefined ? {} : { maxLength: longest }),
        ...(shortest === undefined ? {} : { minLength: shortest }),
      },
    },
  }
}
