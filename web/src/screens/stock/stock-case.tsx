import { Checkbox, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { hubSays } from '../../words/hub-says.ts'
import { plain } from '../../words/words.ts'
import type { StockDifference } from './reconciliation.tsx'
import { say } from './reconciliation.words.ts'

/** One difference: why, by what evidence, who decides, and the lines of the ledger behind our figure. */
export function StockCase({ difference, close }: { readonly difference: StockDifference; readonly close: () => void }) {
  const { sku, location } = difference
  return (
    <Modal
      opened
      size="xl"
      onClose={close}
      title={`${sku} · ${location}: ${difference.difference}`}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Section title={say('explanations')}>
        <ul className="plain-list">
          {difference.explanations.map(({ cause, amount, certain, evidence }) => (
            <li key={`${cause} ${amount}`}>
              <strong>{plain(cause)}</strong>: {amount}, {certain ? say('certain') : say('fits')}
              {evidence.length === 0 ? null : (
                <div>
                  {say('evidence')}:{' '}
                  {evidence.map((one) => (
                    <span key={one}>
                      <Evidence of={one} />{' '}
                    </span>
                  ))}
                </div>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={say('repairs')}>
        <ul className="plain-list">
          {difference.repairs.map((repair) => (
            <li key={repair}>{plain(repair)}</li>
          ))}
        </ul>
      </Section>
      <Ledger difference={difference} />
    </Modal>
  )
}

const pages = { eff: '/effects/$id', msg: '/messages/$id', shp: '/shipments/$id', tsk: '/tasks/$id' } as const

/** What it goes back to: a link where there is a page about it. */
function Evidence({ of }: { readonly of: string }) {
  const page = Object.entries(pages).find(([kind]) => of.startsWith(`${kind}_`))?.[1]
  return page === undefined ? (
    <code>{of}</code>
  ) : (
    <To page={page} id={of}>
      {of}
    </To>
  )
}

function Ledger({ difference: { sku, location, lot } }: { readonly difference: StockDifference }) {
  const [isAll, setAll] = useState(false)
  const place = isAll ? {} : { location, ...(lot === '' ? {} : { lot }) }
  const query = useQuery({
    queryKey: ['stock-ledger', sku, place],
    queryFn: () => answered(hub.GET('/v1/inventory/ledger', { params: { query: { sku, ...place } } })),
  })
  return (
    <Loaded query={query}>
      {({ item, data, truncated }) => (
        <>
          <Questions item={item} />
          <Section title={say('ledger')}>
            <Checkbox
              label={say('ledger.all')}
              checked={isAll}
              onChange={(event) => setAll(event.currentTarget.checked)}
            />
            <Lines lines={data} />
            {truncated ? <p>{say('ledger.more')}</p> : null}
          </Section>
        </>
      )}
    </Loaded>
  )
}

type Line = Awaited<ReturnType<typeof ledgerOf>>['data'][number]
const ledgerOf = (sku: string) => answered(hub.GET('/v1/inventory/ledger', { params: { query: { sku } } }))

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <Rows
      title={say('ledger')}
      rows={lines}
      rowKey={({ fact }) => fact}
      empty={say('ledger.none')}
      columns={[
        { id: 'at', title: say('at'), cell: ({ at }) => <When at={at} /> },
        { id: 'what', title: say('what'), cell: ({ movement, kind }) => plain(movement ?? kind) },
        {
          id: 'change',
          title: say('change'),
          cell: ({ changes }) =>
            changes.map(({ location, status, lot = '', delta, asserted = '' }) => (
              <div key={`${location} ${status} ${lot}`}>
                {delta ?? say('counted', { asserted })} {location} {plain(status)} {lot}
              </div>
            )),
        },
        {
          id: 'source',
          title: say('source'),
          cell: ({ source, message }) => (
            <>
              {source} <Evidence of={message} />
            </>
          ),
        },
      ]}
    />
  )
}

/** Questions about this item that a person has to answer: accept, post an adjustment there, count again. */
function Questions({ item }: { readonly item: string }) {
  const query = useQuery({
    queryKey: ['tasks', item],
    queryFn: () => answered(hub.GET('/v1/tasks', { params: { query: { object: item, state: 'open' } } })),
  })
  return (
    <Section title={say('decide')}>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('decide.none')}</p>
          ) : (
            <ul className="plain-list">
              {data.map(({ id, question }) => (
                <li key={id}>
                  <To page="/tasks/$id" id={id}>
                    {hubSays(question)}
                  </To>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
