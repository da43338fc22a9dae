import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { say } from './quota-use.words.ts'

type Use = paths['/v1/quota-use']['get']['responses']['200']['content']['application/json']['data'][number]

/** How many requests may be sent, how many are used, when they are free again, and which were refused: of one partner, or of all. */
export function QuotaUse({ partner }: { readonly partner?: string }) {
  const query = useQuery({
    queryKey: ['quota-use', partner ?? ''],
    queryFn: () => answered(hub.GET('/v1/quota-use', { params: { query: partner === undefined ? {} : { partner } } })),
    refetchInterval: 5000,
  })
  return (
    <Section title={say('title')}>
      <p>{say('about')}</p>
      <Loaded query={query}>
        {({ data }) => (
          <Rows
            title={say('title')}
            rows={data}
            rowKey={({ kind, client }) => `${kind} ${client}`}
            empty={say('none')}
            columns={[
              { id: 'who', title: say('who'), cell: ({ name, kind }) => <Who name={name} kind={kind} /> },
              ...(partner === undefined
                ? [{ id: 'partner', title: say('partner'), cell: (one: Use) => one.partner ?? say('ours') }]
                : []),
              {
                id: 'limit',
                title: say('limit'),
                cell: ({ perSecond, burst }) => say('rate', { perSecond, burst }),
              },
              { id: 'used', title: say('used'), cell: (one) => <Used {...one} /> },
              {
                id: 'renews',
                title: say('renews'),
                cell: ({ secondsUntilFull: seconds }) => (seconds === 0 ? say('full') : say('fullIn', { seconds })),
              },
              { id: 'refused', title: say('refused'), cell: (one) => <Refused {...one} /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}

function Who({ name, kind }: Pick<Use, 'name' | 'kind'>) {
  return (
    <>
      <strong>{name}</strong> {say(`kind.${kind}`)}
    </>
  )
}

function Used({ used, burst, name }: Use) {
  return (
    <>
      <progress max={burst} value={Math.min(used, burst)} aria-label={say('usedBy', { name })} />{' '}
      {say('usedOf', { used, burst })}
    </>
  )
}

function Refused({ refused, refusals }: Use) {
  if (refused === 0) return say('noneRefused')
  return (
    <>
      <Status code={say('count', { refused })} tone="warn" />
      <ul className="plain-list">
        {refusals.map((one) => (
          <li key={one.operation}>
            {say('refusal', { count: one.refused })} <code>{one.operation}</code> <When at={one.lastAt} />
          </li>
        ))}
      </ul>
    </>
  )
}
