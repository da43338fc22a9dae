import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Board } from '../../parts/board.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Status, type Tone } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { empty } from '../empty.words.ts'
import { NewAlertRule } from './alert-rule.tsx'
import { AlertRules } from './alert-rules.tsx'
import { say } from './alerts.words.ts'

const tones: Readonly<Record<string, Tone>> = { critical: 'bad', warning: 'warn', info: 'plain' }

/** What fired, the rules that make it fire, and what a new one would have done. */
export function Alerts() {
  const { data: who } = useWho()
  const mayAct = may(who?.scopes, 'alerts:write')
  const rules = useQuery({
    queryKey: ['/v1/alert-rules'],
    queryFn: () => answered(hub.GET('/v1/alert-rules')),
    refetchInterval: 15_000,
  })
  return (
    <Page title={say('title')}>
      <Section title={say('fired')}>
        <Board
          path="/v1/alerts"
          empty={empty('alerts')}
          title={say('fired')}
          rowKey={({ id }) => id}
          filters={[{ name: 'state', title: say('state'), values: ['firing', 'resolved'] }]}
          columns={[
            {
              id: 'name',
              title: say('name'),
              cell: ({ name, check }) => (
                <To className="row-link" page="/checks/$id" id={check}>
                  {name}
                </To>
              ),
            },
            {
              id: 'severity',
              title: say('severity'),
              cell: ({ severity }) => <Status code={severity} tone={tones[severity] ?? 'plain'} />,
            },
            {
              id: 'state',
              title: say('state'),
              cell: ({ state }) => <Status code={state} tone={state === 'firing' ? 'bad' : 'good'} />,
            },
            { id: 'since', title: say('since'), cell: ({ firedAt }) => <When at={firedAt} /> },
            {
              id: 'over',
              title: say('over'),
              cell: ({ resolvedAt }) => (resolvedAt === undefined ? '' : <When at={resolvedAt} />),
            },
            { id: 'figure', title: say('figure'), cell: ({ value }) => value ?? '' },
            { id: 'told', title: say('told'), cell: ({ told }) => say('times', { count: told }) },
          ]}
        />
      </Section>
      <Section title={say('rules')}>
        <Loaded query={rules}>
          {({ data }) => (data.length === 0 ? <p>{say('none')}</p> : <AlertRules rules={data} mayAct={mayAct} />)}
        </Loaded>
      </Section>
      {mayAct ? <NewAlertRule /> : null}
    </Page>
  )
}
