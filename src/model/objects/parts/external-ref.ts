import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { instant } from '../../fields/instant.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** The record of an object in another system, with what is needed to write to it safely. */
export function externalRef(meaning: string) {
  return part('external_reference', meaning, {
    system: text('Id of the system that keeps the record, as the connections of the hub name it.', 60),
    entity: text('What that system calls this kind of record: a table, a document type, a resource.', 60),
    id: text('Key of the record in that system.', 120),
    version: Type.Optional(
      text(
        'Version that the system gave when it was read. Sent back with a write, so that it fails if somebody else was faster.',
        120,
      ),
    ),
    etag: Type.Optional(text('Entity tag of HTTP (RFC 9110) when it was read; used like the version.', 200)),
    url: Type.Optional(text('Address where a person finds the record.', 2000)),
    syncedAt: Type.Optional(instant('When the hub and the record were last seen to agree. Absent: never.')),
    role: Type.Optional(
      code('Which of the two is the original. Absent: nobody said.', {
        name: 'record_role',
        values: { owner: 'The record is the original.', mirror: 'The record is a copy.' },
      }),
    ),
  })
}
