import type { components } from '../../api/schema.ts'
import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { percentText } from '../../parts/percent.ts'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { forPartner } from '../../words/partner.ts'
import { language } from '../../words/words.ts'
import { say } from '../portal/portal.words.ts'

/** How a partner stands, as the hub says it. */
export type PartnerStanding = components['schemas']['PartnerStanding']

/** What is still to be done, what came and how often, and how long certificates last. */
export function Standing({ standing }: { readonly standing: PartnerStanding }) {
  const { quietDays, received, refusedPercent, parked, acknowledgementsOverdue } = standing
  return (
    <>
      <Checklist steps={standing.checklist} />
      <Section title={say('traffic')}>
        <Facts
          rows={[
            [
              say('seen'),
              <span key="seen">
                {standing.isLate ? <Status code="late" /> : null} <LastSeen day={standing.lastSeenOn} />
              </span>,
            ],
            [say('cadence'), quietDays === 0 ? say('noCadence') : say('days', { count: quietDays })],
            [say('received'), received],
            [say('refused'), percentText(Number(refusedPercent), language())],
            [say('waits'), parked],
            [say('late'), acknowledgementsOverdue],
          ]}
        />
        <Connections rows={standing.connections} />
      </Section>
      <Certificates rows={standing.certificates} />
    </>
  )
}

/** The day on which something came last. */
export function LastSeen({ day }: { readonly day: string | undefined }) {
  return day ?? say('never')
}

function Checklist({ steps }: { readonly steps: PartnerStanding['checklist'] }) {
  const done = steps.filter((one) => one.done).length
  return (
    <Section title={say('checklist')}>
      <p>{say('progress', { done, count: steps.length })}</p>
      <progress max={steps.length} value={done} aria-label={say('checklist')} />
      <ol>
        {steps.map((one) => (
          <li key={one.step}>
            <Status code={say(one.done ? 'done' : 'open')} tone={one.done ? 'good' : 'warn'} />{' '}
            {say(`step.${one.step}` as 'step.trial')} {one.done ? null : <em>{forPartner(one.nextAction)}</em>}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Connections({ rows }: { readonly rows: PartnerStanding['connections'] }) {
  return (
    <Rows
      title={say('connections')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={say('noConnections')}
      columns={[
        { id: 'connection', title: say('connection'), cell: ({ id }) => <strong>{id}</strong> },
        { id: 'ways', title: say('ways'), cell: ({ ways }) => ways.join(', ') },
        { id: 'seen', title: say('seen'), cell: ({ lastSeenOn }) => <LastSeen day={lastSeenOn} /> },
        { id: 'received', title: say('received'), cell: ({ received }) => received },
        {
          id: 'refused',
          title: say('refused'),
          cell: ({ refusedPercent }) => percentText(Number(refusedPercent), language()),
        },
        { id: 'waits', title: say('waits'), cell: ({ parked }) => parked },
        { id: 'trial', title: say('trial'), cell: ({ trial }) => <LastTrial trial={trial} /> },
      ]}
    />
  )
}

function LastTrial({ trial }: { readonly trial: PartnerStanding['connections'][number]['trial'] | undefined }) {
  if (trial === undefined) return say('never')
  return (
    <>
      <Status code={say(trial.passed ? 'passed' : 'failed')} tone={trial.passed ? 'good' : 'bad'} />{' '}
      <When at={trial.at} />
    </>
  )
}

function Certificates({ rows }: { readonly rows: PartnerStanding['certificates'] }) {
  if (rows.length === 0) return null
  return (
    <Section title={say('certificates')}>
      <ul className="plain-list">
        {rows.map(({ connection, use, subject, fingerprint, validTo, daysLeft, isShort }) => (
          <li key={`${connection} ${use} ${fingerprint}`}>
            <Status
              code={say('daysLeft', { count: daysLeft })}
              tone={daysLeft < 0 ? 'bad' : isShort ? 'warn' : 'good'}
            />{' '}
            {connection}, {say(`use.${use}` as 'use.own')}: {subject} (<When at={validTo} />)
          </li>
        ))}
      </ul>
    </Section>
  )
}
