import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answered, hub } from '../../api/hub.ts'
import { Facts } from '../../parts/facts.tsx'
import { Known } from '../../parts/known.tsx'
import { Lines } from '../../parts/lines.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { plain, say } from '../../words/words.ts'

/** One thing that a system is told: what, how often it was tried, and what is known of the outcome. */
export function Effect() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['effect', id],
    queryFn: () => answered(hub.GET('/v1/effects/{id}', { params: { path: { id } } })),
    refetchInterval: 10_000,
  })
  return (
    <Loaded query={query}>
      {(effect) => (
        <Page title={`${plain(effect.command)} → ${effect.target}`}>
          <Facts
            rows={[
              [say('field.state'), <Status key="state" code={effect.state} />],
              [say('field.document'), effect.documentReference],
              [say('field.detail'), effect.reason],
              [say('field.key'), effect.naturalKey],
              [say('field.updated'), <When key="at" at={effect.updatedAt} />],
            ]}
          />
          <Section title={say('field.attempts')}>
            <ol className="plain-list">
              {effect.attemptRows.map(({ attempt, intentAt, outcome = '', status }) => (
                <li key={attempt}>
                  {attempt}. <When at={intentAt} /> {outcome === '' ? null : <Status code={outcome} />}{' '}
                  {typeof status === 'number' ? `HTTP ${status}` : status}
                </li>
              ))}
            </ol>
          </Section>
          {effect.evidence.length === 0 ? null : (
            <Section title={say('task.evidence')}>
              <Lines lines={effect.evidence} label={say('task.evidence')} />
            </Section>
          )}
          <Section title={say('effect.payload')}>
            <Known data={effect.payload} label={say('effect.payload')} />
          </Section>
        </Page>
      )}
    </Loaded>
  )
}
