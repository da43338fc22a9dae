import { exceptionCategories } from '../src/model/code-lists/exception-category.ts'
import { movementTypes } from '../src/model/code-lists/movement-type.ts'
import { disagreementCategory } from '../src/model/documents/disagreement.ts'
import { exceptionRules } from '../src/model/shipment/exceptions.ts'
import { movementRules } from '../src/model/stock/movement.ts'

/** Codes that the hub knows and no list explains, and codes that a list explains and the hub does not know. */
export function codeListKeys(): string[] {
  return [
    ...differences('movement_type', movementTypes.values, movementRules),
    ...differences('exception_category', exceptionCategories.values, {
      ...exceptionRules,
      [disagreementCategory]: true,
    }),
  ]
}

function differences(name: string, explained: object, known: object): string[] {
  const [said, used] = [new Set(Object.keys(explained)), new Set(Object.keys(known))]
  return [
    ...[...used.difference(said)].map((code) => `${name}: nobody explains ${code}`),
    ...[...said.difference(used)].map((code) => `${name}: nobody knows ${code}`),
  ]
}
