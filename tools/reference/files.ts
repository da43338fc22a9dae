import type { Fields } from '../../src/base/fields.ts'
import { code, page, table } from '../markdown.ts'
import { fieldsTable } from './settings.ts'

/** The reference of pick-ups: what is the same for all, then each protocol. */
export function filesPage(
  pickUp: Fields,
  protocols: Readonly<Record<string, Fields>>,
  failures: Readonly<Record<string, string>>,
): string {
  return page(
    'Files',
    'A pick-up is an entry of `pickUps` in `network.json`: `connection`, `protocol`, and the settings of both tables. [How they work](../guides/files.md).',
    [
      '## Every pick-up',
      fieldsTable(pickUp),
      ...Object.entries(protocols).flatMap(([name, fields]) => [`## protocol \`${name}\``, fieldsTable(fields)]),
      '## Why a folder could not be worked with',
      table(
        ['reason', 'what to do'],
        Object.entries(failures).map(([name, action]) => [code(name), action]),
      ),
    ],
  )
}
