import { Type } from 'typebox'
import { count } from '../../fields/count.ts'
import { hubId } from '../../fields/hub-id.ts'
import { instant } from '../../fields/instant.ts'
import { list } from '../../fields/list.ts'
import { record } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'
import { externalRef } from './external-ref.ts'
import { identifiers } from './identifier.ts'

/** The business that an object belongs to. */
export const tenantId = text('Which tenant of the hub it belongs to. Tenants never see each other’s objects.', 60)

/** What every object has that is followed by an id of the hub. */
export function meta(prefix: Parameters<typeof hubId>[1]) {
  return {
    id: hubId(
      'Given by the hub when it first hears of the object, and never changed. All other numbers are identifiers.',
      prefix,
    ),
    tenantId,
    version: count(
      'Grows with every change of the object, not always by one: of two snapshots the higher one is newer.',
    ),
    createdAt: instant('When the hub first heard of it.'),
    updatedAt: instant('When the hub last changed it.'),
    owner: record('Which system has the last word on the object where no narrower rule says otherwise.', {
      system: text('Id of that system, as the connections of the hub name it; `hub` for the hub itself.', 60),
      since: Type.Optional(instant('From when on it has. Absent: from the beginning.')),
    }),
    identifiers: identifiers('All numbers and names that anybody gave it, each with who gave it.'),
    externalRefs: list(
      'Records of the object in other systems. One system may have several.',
      externalRef('One such record.'),
      100,
    ),
    custom: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Members that a tenant added. The hub passes them on and reads none of them.',
      }),
    ),
    deletedAt: Type.Optional(instant('When its owner removed it. It stays readable. Absent: it is in use.')),
    schemaVersion: text('Version of this schema, major.minor. Within a major only optional members are added.', 20),
  }
}
