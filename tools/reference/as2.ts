import type { Fields } from '../../src/base/fields.ts'
import { code, page, table } from '../markdown.ts'
import { fieldsTable } from './settings.ts'

/** The reference of AS2: settings of a partner, and what receipts of ours say. */
export function as2Page(partner: Fields, failures: Readonly<Record<string, string>>): string {
  return page(
    'AS2',
    'A partner by AS2 is an entry of `as2Partners` in a [manifest](manifests.md): `connection` and these settings. [How it works](../guides/as2.md).',
    [
      '## Every partner',
      fieldsTable(partner),
      '## What a receipt of ours refuses with',
      table(
        ['modifier', 'what it means, and what to do'],
        Object.entries(failures).map(([name, action]) => [code(name), action]),
      ),
    ],
  )
}
