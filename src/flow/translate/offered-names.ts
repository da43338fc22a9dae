import type { IdentifierClaim } from '../../backbone/step.ts'
import { type Entity, entities, type Fact, type Reference } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'

/**
 * Names that a process gives to an object: whoever reports something under one of them means it, unless somebody else had the name
 * before. `at`: now, ms.
 */
export function offersOf(cause: Fact, { type, subject, tenant, data }: Fact, at: number): readonly IdentifierClaim[] {
  if (!type.endsWith('.identified') || !cause.subject.startsWith(`${entities.process}_`)) return none
  const entity = type.slice(0, type.indexOf('.'))
  if (!isEntity(entity)) return none
  const { references } = data as { readonly references: readonly Reference[] }
  return references.map((reference) => ({
    tenant,
    entity,
    reference,
    subject,
    normalized: normalizeIdentifier(reference),
    from: at,
  }))
}

const none: readonly never[] = []

function isEntity(name: string): name is Entity {
  return Object.hasOwn(entities, name)
}
