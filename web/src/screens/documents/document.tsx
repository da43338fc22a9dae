import { useQuery } from '@tanstack/react-query'
import { useLocation, useParams } from '@tanstack/react-router'
import { answered, hub } from '../../api/hub.ts'
import type { components } from '../../api/schema.ts'
import { called } from '../../parts/called.ts'
import { DayOrWhen } from '../../parts/day.tsx'
import { Facts } from '../../parts/facts.tsx'
import { History } from '../../parts/history.tsx'
import { Known } from '../../parts/known.tsx'
import { Lines } from '../../parts/lines.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Panels, Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { Told } from '../../parts/told.tsx'
import { When } from '../../parts/when.tsx'
import { useIsOfPartner } from '../../shell/who.ts'
import { hubSays } from '../../words/hub-says.ts'
import { plain, say } from '../../words/words.ts'
import { kindOf, wordOfKind } from './document-kinds.ts'

/** One document of the business: the work and the books side by side, and what has to happen next. */
export function Document() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const kind = kindOf(useLocation().pathname)
  const params = { path: { id } }
  const isOfPartner = useIsOfPartner()
  const query = useQuery({
    queryKey: [kind, id],
    queryFn: () => answered(hub.GET(`/v1/${kind}/{id}`, { params })),
    refetchInterval: 10_000,
  })
  const course = useQuery({
    queryKey: [kind, id, 'timeline'],
    queryFn: () => answered(hub.GET(`/v1/${kind}/{id}/timeline`, { params })),
    enabled: !isOfPartner,
  })
  return (
    <Loaded query={query}>
      {(found) => (
        <Page title={called(found.number, id)} kind={plain(wordOfKind[kind])}>
          <p>
            <To page={`/${kind}`}>{say(`nav.${kind}`)}</To>
          </p>
          <Facts
            rows={[
              [say('field.status'), <Status key="status" code={found.status} />],
              [
                say('field.posting'),
                found.posting === undefined ? '' : <Status key="posting" code={found.posting.status} />,
              ],
              [say('field.party'), found.parties.join(', ')],
              [say('field.location'), found.locations.join(', ')],
              [say('field.carrier'), found.carriers.join(', ')],
              [say('field.due'), found.dueAt === undefined ? '' : <DayOrWhen key="due" at={found.dueAt} />],
            ]}
          />
          <Awaited rows={found.explain} />
          {found.openTasks.map(({ id: task, question, role }) => (
            <div key={task} className="notice" data-tone="warn">
              <To page="/tasks/$id" id={task}>
                {hubSays(question)}
              </To>{' '}
              ({plain(role)})
            </div>
          ))}
          {found.lines.length === 0 ? null : (
            <Section title={say('document.lines')}>
              <Lines lines={found.lines} label={say('document.lines')} />
            </Section>
          )}
          {isOfPartner ? null : (
            <Panels>
              <Section title={say('document.told')}>
                <Told rows={found.posting?.told ?? []} />
              </Section>
              <Section title={say('timeline.title')}>
                <Loaded query={course}>{({ facts }) => <History facts={facts} />}</Loaded>
              </Section>
            </Panels>
          )}
          <Section title={say('document.all')}>
            <Known data={withoutLines(found.content)} label={say('document.all')} />
          </Section>
        </Page>
      )}
    </Loaded>
  )
}

/** They have a table of their own. */
function withoutLines(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return content
  const { lines: _, ...rest } = content as Readonly<Record<string, unknown>>
  return rest
}

/** Whose turn it is, and since when. */
function Awaited({ rows }: { readonly rows: components['schemas']['BusinessDocument']['explain'] }) {
  if (rows.length === 0) return null
  return (
    <Section title={say('document.explain')}>
      <ul className="plain-list">
        {rows.map(({ instance, condition, owner, since }) => (
          <li key={`${instance} ${condition}`}>
            <To page="/processes/$id" id={instance}>
              {hubSays(condition)}
            </To>{' '}
            {plain(owner)} {since === undefined ? null : <When at={since} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}
