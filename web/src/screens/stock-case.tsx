import { Checkbox, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../api/hub.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Section } from '../parts/page.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { plain } from '../words/words.ts'
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
            {data.length === 0 ? <p>{say('ledger.none')}</p> : <Lines lines={data} />}
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
    <div className="board" tabIndex={0} role="region" aria-label={say('ledger')}>
      <table aria-label={say('ledger')}>
        <thead>
          <tr>
            {(['at', 'what', 'change', 'source'] as const).map((word) => (
              <th key={word} scope="col">
                {say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.fact}>
              <td>
                <When at={line.at} />
              </td>
              <td>{plain(line.movement ?? line.kind)}</td>
              <td>
                {line.changes.map(({ location, status, lot = '', delta, asserted = '' }) => (
                  <div key={`${location} ${status} ${lot}`}>
                    {delta ?? say('counted', { asserted })} {location} {plain(status)} {lot}
                  </div>
                ))}
              </td>
              <td>
                {line.source} <Evidence of={line.message} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
                    {question}
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
