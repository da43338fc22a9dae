import type { Fields } from '../../src/base/fields.ts'
import { code, page, table } from '../markdown.ts'
import { fieldsTable } from './settings.ts'

interface FilesReference {
  readonly pickUp: Fields
  readonly protocols: Readonly<Record<string, Fields>>
  readonly mailbox: Fields
  readonly drop: Fields
  readonly failures: Readonly<Record<string, string>>
  readonly pgpFailures: Readonly<Record<string, string>>
  readonly flatFaults: Readonly<
    Record<string, { readonly title: string; readonly reach: string; readonly next: string }>
  >
}

/** The reference of pick-ups: what is the same for all, then each protocol; and of mailboxes. */
export function filesPage({
  pickUp,
  protocols,
  mailbox,
  drop,
  failures,
  pgpFailures,
  flatFaults,
}: FilesReference): string {
  return page(
    'Files',
    'A pick-up is an entry of `pickUps` in a [manifest](manifests.md): `connection`, `protocol`, and the settings of both tables. [How they work](../guides/files.md).',
    [
      '## Every pick-up',
      fieldsTable(pickUp),
      ...Object.entries(protocols).flatMap(([name, fields]) => [`## protocol \`${name}\``, fieldsTable(fields)]),
      '## Every mailbox',
      'An entry of `mailboxes` in a [manifest](manifests.md): `connection` and these settings.',
      fieldsTable(mailbox),
      '## Every drop',
      'An entry of `drops` in a [manifest](manifests.md): `connection`, `protocol` with its settings (or `mailbox` with `user`), and these.',
      fieldsTable(drop),
      '## Why a folder could not be worked with',
      table(
        ['reason', 'what to do'],
        Object.entries(failures).map(([name, action]) => [code(name), action]),
      ),
      '## Why OpenPGP refused',
      table(
        ['reason', 'what to do'],
        Object.entries(pgpFailures).map(([name, action]) => [code(name), action]),
      ),
      '## Faults of flat files',
      'What can be wrong in a [flat file](../guides/flat-files.md), and what it makes unusable.',
      table(
        ['fault', 'means', 'of the', 'what to do'],
        Object.entries(flatFaults).map(([name, { title, reach, next }]) => [code(name), title, reach, next]),
      ),
    ],
  )
}
