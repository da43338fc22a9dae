import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { answered, hub } from '../../api/hub.ts'
import { Facts } from '../../parts/facts.tsx'
import { useGo } from '../../parts/go.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { zone } from '../../parts/zone.ts'
import { locale, plain, wording } from '../../words/words.ts'

const say = wording({
  en: {
    title: 'At another time',
    kind: 'What counts',
    knownAt: 'what the hub knew by then',
    asOf: 'what had happened by then, as is known now',
    when: 'When',
    now: 'now',
    nothing: 'Nothing was known by then.',
    status: 'Status',
    eta: 'Expected',
    told: 'What each system had been told',
    link: 'Link to this moment',
  },
  de: {
    title: 'Zu anderer Zeit',
    kind: 'Was zählt',
    knownAt: 'was der Hub bis dahin wusste',
    asOf: 'was bis dahin geschehen war, nach heutigem Wissen',
    when: 'Wann',
    now: 'jetzt',
    nothing: 'Bis dahin war nichts bekannt.',
    status: 'Status',
    eta: 'Erwartet',
    told: 'Was jedem System gesagt worden war',
    link: 'Link auf diesen Moment',
  },
})

type Kind = 'knownAt' | 'asOf'

interface Moment {
  readonly id: string
  readonly recordedAt: string
  readonly occurredAt?: string | undefined
}

/** The shipment at any moment at which something was learnt or happened. The moment is in the address: a link shows a colleague the same. */
export function TimeMachine({ id, facts }: { readonly id: string; readonly facts: readonly Moment[] }) {
  const search: { readonly knownAt?: string; readonly asOf?: string } = useSearch({ strict: false })
  const go = useGo()
  const kind: Kind = search.asOf === undefined ? 'knownAt' : 'asOf'
  const asked = search[kind]
  // What the address has may be anything.
  const at = Number.isNaN(Date.parse(asked ?? '')) ? undefined : asked
  const moments = [
    ...new Set(facts.map((fact) => (kind === 'asOf' ? (fact.occurredAt ?? fact.recordedAt) : fact.recordedAt))),
  ]
    .map((text) => new Date(text).toISOString())
    .toSorted()
  const known = at === undefined ? -1 : moments.findLastIndex((moment) => moment <= new Date(at).toISOString())
  const index = at === undefined ? moments.length : Math.max(0, known)
  const show = (next: Kind, moment: string | undefined): void =>
    go({ page: '.', search: moment === undefined ? {} : { [next]: moment }, replaces: true })
  if (moments.length === 0) return null
  const text = at === undefined ? say('now') : new Date(at).toLocaleString(locale(), { timeZone: zone() })
  return (
    <section>
      <h3>{say('title')}</h3>
      <NativeSelect
        label={say('kind')}
        value={kind}
        data={(['knownAt', 'asOf'] as const).map((value) => ({ value, label: say(value) }))}
        onChange={(event) => show(event.currentTarget.value as Kind, at ?? moments.at(-1))}
      />
      <label className="moment">
        {say('when')}: {text}
        <input
          type="range"
          min={0}
          max={moments.length}
          value={index}
          aria-valuetext={text}
          onChange={(event) => show(kind, moments[Number(event.currentTarget.value)])}
        />
      </label>
      {at === undefined ? null : (
        <>
          <Then id={id} kind={kind} at={at} />
          <a href={`/shipments/${id}?${kind}=${encodeURIComponent(at)}`}>{say('link')}</a>
        </>
      )}
    </section>
  )
}

/** What was true then, and what each system had been told. */
function Then({ id, kind, at }: { readonly id: string; readonly kind: Kind; readonly at: string }) {
  const then = useQuery({
    queryKey: ['shipment', id, 'timeline', kind, at],
    placeholderData: (before) => before,
    queryFn: () =>
      answered(hub.GET('/v1/shipments/{id}/timeline', { params: { path: { id }, query: { [kind]: at } } })),
  })
  return (
    <Loaded query={then}>
      {({ shipment, told }) =>
        shipment === null ? (
          <p>{say('nothing')}</p>
        ) : (
          <>
            <Facts
              rows={[
                [say('status'), <Status key="status" code={shipment.status} />],
                [say('eta'), shipment.eta === undefined ? '' : <When at={shipment.eta.at} />],
                ...Object.entries(shipment.milestones).map(
                  ([name, value]) => [plain(name), typeof value === 'string' ? <When at={value} /> : ''] as const,
                ),
              ]}
            />
            {told.length === 0 ? null : (
              <>
                <h4>{say('told')}</h4>
                <ul className="plain-list">
                  {told.map((one) => (
                    <li key={one.effect}>
                      {one.target}: {plain(one.command)} <Status code={one.state} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )
      }
    </Loaded>
  )
}
