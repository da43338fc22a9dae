import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub, type RowOf } from '../../api/hub.ts'
import { Board } from '../../parts/board.tsx'
import { Facts, Raw } from '../../parts/facts.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import { empty } from '../empty.words.ts'
import { say } from './audit.words.ts'

type Row = RowOf<'/v1/audit'>

/** Who did what, why, from what to what, and whether the log is what was written. */
export function Audit() {
  const [row, show] = useState<Row>()
  return (
    <Page title={say('title')}>
      <Chain />
      {row === undefined ? null : <Shown row={row} close={() => show(undefined)} />}
      <Board
        path="/v1/audit"
        empty={empty('audit')}
        title={say('title')}
        rowKey={({ id }) => String(id)}
        filters={[
          { name: 'actor', title: say('who') },
          { name: 'kind', title: say('kind'), seen: ({ kind }) => kind },
          { name: 'change', title: say('did'), seen: ({ change }) => change },
          { name: 'name', title: say('name') },
          { name: 'since', title: say('since'), isInstant: true },
        ]}
        columns={[
          {
            id: 'no',
            title: say('no'),
            cell: (one) => (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={say('show', { no: one.id })}
                onClick={() => show(one)}
              >
                {one.id}
              </Button>
            ),
          },
          { id: 'did', title: say('did'), cell: ({ change, kind }) => `${plain(change)} ${plain(kind)}` },
          { id: 'what', title: say('what'), cell: ({ name }) => <code>{name}</code> },
          { id: 'who', title: say('who'), cell: ({ actor }) => actor },
          { id: 'why', title: say('why'), cell: ({ reason }) => reason ?? '' },
          { id: 'from', title: say('from'), cell: ({ address }) => address ?? '' },
          { id: 'when', title: say('when'), cell: ({ at }) => <When at={at} /> },
        ]}
      />
    </Page>
  )
}

/** Where the chain ends, and what following it came to. */
function Chain() {
  const head = useQuery({ queryKey: ['/v1/audit/chain'], queryFn: () => answered(hub.GET('/v1/audit/chain')) })
  const verify = useMutation({ mutationFn: () => answered(hub.POST('/v1/audit/verification', { body: {} })) })
  return (
    <Section title={say('chain')}>
      <p>
        {say('about')} {head.data === undefined ? null : say('head', { no: head.data.no })}
      </p>
      {[head.error, verify.error].map((error) =>
        error === null ? null : <Refusal key={error.message} error={error} />,
      )}
      <Button loading={verify.isPending} onClick={() => verify.mutate()}>
        {say('verify')}
      </Button>{' '}
      <a href="/v1/audit/export" download>
        {say('export')}
      </a>
      <div aria-live="polite">{verify.data === undefined ? null : <Outcome {...verify.data} />}</div>
    </Section>
  )
}

interface Fault {
  readonly fault: string
  readonly no: number
  readonly count: number
}

function Outcome({ rows, faults }: { readonly rows: number; readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return <p>✓ {say('whole', { rows })}</p>
  return (
    <>
      <p role="alert">■ {say('broken')}</p>
      <ul>
        {faults.map((one) => (
          <li key={`${one.no} ${one.fault}`}>{faultText(one)}</li>
        ))}
      </ul>
    </>
  )
}

const faultWords = ['changed', 'removed', 'inserted', 'reordered', 'rewritten', 'truncated'] as const

/** Faults are open: a newer hub may find others. */
function faultText({ fault, no, count }: Fault): string {
  const word = faultWords.find((known) => known === fault)
  return word === undefined ? `${no}: ${plain(fault)}` : say(word, { no, count })
}

function Shown({ row, close }: { readonly row: Row; readonly close: () => void }) {
  const { id, change, kind, name, actor, address, traceId, reason, revision, hash, before, after, at } = row
  return (
    <Section title={say('row', { no: id })}>
      <Facts
        rows={[
          [say('did'), `${plain(change)} ${plain(kind)}`],
          [say('what'), name],
          [say('who'), actor],
          [say('why'), reason],
          [say('from'), address],
          [say('trace'), traceId],
          [say('revision'), revision],
          [say('hash'), <code key="hash">{hash}</code>],
          [say('when'), <When key="at" at={at} />],
        ]}
      />
      {before === undefined ? null : <Raw label={say('before')} data={before} />}
      {after === undefined ? null : <Raw label={say('after')} data={after} />}
      <Button variant="default" onClick={close}>
        {say('close')}
      </Button>
    </Section>
  )
}
