import { type Fields, integer, text } from '../../base/fields.ts'
import type { Connection } from '../../flow/connection.ts'
import type { PostingRoute } from '../../processes/postings.ts'
import { readRoute as readPostingRoute } from '../terminal/posting-route.ts'
import { addSentences, known, type Reading, readFields } from './reading.ts'
import { type Entry, mapping } from './sections.ts'
import { written } from './written.ts'

/** Keys of a route, beside `when`: members of the posting that must have these values. */
export const routeFields = {
  command: text('What is to be done.', { example: 'post_goods_issue' }),
  target: text('The connection that does it.', { example: 'erp' }),
  tenant: text('Whose postings; the tenant of whoever applies without it.', { default: '' }),
  referenceLength: integer('Most characters of our reference that the target can store.', {
    default: 32,
    min: 10,
    max: 100,
  }),
} as const satisfies Fields

/** Which command goes to which system. */
export function readRoute(
  reading: Reading,
  { place, values, source }: Entry,
  connections: ReadonlyMap<string, Connection>,
): PostingRoute | undefined {
  const { when, ...own } = values
  const read = readFields(reading, routeFields, own, place)
  const wanted = when === undefined ? undefined : mapping(when, place.at('when'), reading.problems)
  const target = known(reading, connections, own['target'], { what: 'connection', place: place.at('target') })
  if (read === undefined || target === undefined || (when !== undefined && wanted === undefined)) return undefined
  const { command, tenant, referenceLength } = read
  const route = {
    command: written(command),
    target: target.id,
    tenant: typeof tenant === 'string' && tenant !== '' ? tenant : source.tenant,
    ...(wanted === undefined ? {} : { when: wanted }),
    ...(referenceLength === undefined ? {} : { referenceLength: routeFields.referenceLength.parse(referenceLength) }),
  }
  try {
    return readPostingRoute(route, connections)
  } catch (error) {
    addSentences(reading, place, error)
    return undefined
  }
}
