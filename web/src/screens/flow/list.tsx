import { Button, Group } from '@mantine/core'
import { percentText } from '../../parts/percent.ts'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { useClock, When } from '../../parts/when.tsx'
import { language, plain } from '../../words/words.ts'
import type { Flow, FlowRow } from './picture.tsx'
import { say } from './words.ts'

/** What somebody wants of a connection. */
export interface FlowWish {
  readonly connection: string
  readonly verb: 'pause' | 'resume' | 'reset' | 'drain' | 'end'
  /** Both: what comes in and what goes out. */
  readonly stage: 'translate' | 'dispatch' | 'both'
}

interface ListProps {
  readonly flow: Flow
  /** Absent: nobody who looks may change anything. */
  readonly want: ((wish: FlowWish) => void) | undefined
}

/** Everything that the picture says and more, with what can be done. */
export function FlowList({ flow, want }: ListProps) {
  return (
    <Rows
      name="connections"
      title={say('title')}
      rows={flow.connections}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'connection',
          title: say('connection'),
          cell: ({ id, connector, drain }) => (
            <>
              <strong>{id}</strong>
              <div>
                <small>{connector}</small>
              </div>
              <Drained drain={drain} />
            </>
          ),
        },
        {
          id: 'into',
          title: say('into'),
          sorts: {},
          cell: ({ id, inbound }) => (inbound === null ? null : <Into id={id} half={inbound} />),
        },
        {
          id: 'out',
          title: say('out'),
          sorts: {},
          cell: ({ id, outbound }) => (outbound === null ? null : <Out id={id} half={outbound} />),
        },
        ...(want === undefined
          ? []
          : [{ id: 'act', title: say('act'), sorts: {}, cell: (row: FlowRow) => <Wishes row={row} want={want} /> }]),
      ]}
    />
  )
}

function Into({ id, half }: { readonly id: string; readonly half: NonNullable<FlowRow['inbound']> }) {
  const clock = useClock()
  const { perMinute, acceptedToday, duplicatesToday, refusedToday, lastAt, parked, held, pause } = half
  return (
    <>
      <Paused pause={pause} />
      <div>{perMinute === null ? say('rate.unknown') : say('rate', { rate: perMinute })}</div>
      <small>
        {say('today', { accepted: acceptedToday, duplicates: duplicatesToday, refused: refusedToday })} ·{' '}
        {lastAt === null ? say('never') : say('last', { at: clock(new Date(lastAt)) })}
      </small>
      {held === 0 ? null : <Status code={say('held', { count: held })} tone="warn" />}
      {parked === 0 ? null : (
        <To page="/parked" search={{ connection: id }}>
          {say('parked', { count: parked })}
        </To>
      )}
    </>
  )
}

function Out({ id, half }: { readonly id: string; readonly half: NonNullable<FlowRow['outbound']> }) {
  const clock = useClock()
  const { perMinute, errorShare, waiting, oldestAt, needPeople, breaker, probeAt, budgetLeft, pause } = half
  return (
    <>
      <Paused pause={pause} />
      <div>
        {say('rate', { rate: perMinute })}
        {errorShare === null || errorShare === 0
          ? ''
          : ` · ${say('errors', { share: percentText(errorShare * 100, language()) })}`}
      </div>
      {waiting === 0 ? null : (
        <div>
          <To page="/effects" search={{ target: id }}>
            {say('owed', { count: waiting })}
          </To>{' '}
          {oldestAt === null ? null : <When at={oldestAt} />}{' '}
          {needPeople === 0 ? null : <Status code={say('people', { count: needPeople })} tone="warn" />}
        </div>
      )}
      {breaker === 'closed' ? null : (
        <div>
          <Status code={say('breaker', { state: plain(breaker) })} tone="bad" />{' '}
          {probeAt === null ? '' : say('probe', { at: clock(new Date(probeAt)) })}
        </div>
      )}
      {half.isInMaintenance ? (
        <Status code={say('maintenance', { windows: half.maintenance.join(', ') })} tone="warn" />
      ) : null}
      {budgetLeft === null ? null : (
        <small>
          {say('budget', { left: percentText(budgetLeft * 100, language()), rate: half.requestsPerSecond })}
        </small>
      )}
    </>
  )
}

type Pause = NonNullable<FlowRow['inbound']>['pause']

function Paused({ pause }: { readonly pause: Pause }) {
  const clock = useClock()
  if (pause === null) return null
  const { since, by, reason } = pause
  return (
    <div className="notice" data-tone="warn">
      {say('paused', { since: clock(new Date(since)), by, reason })}
    </div>
  )
}

/** What is left, until nothing is. */
function Drained({ drain }: { readonly drain: FlowRow['drain'] }) {
  const clock = useClock()
  if (drain === null) return null
  const { state, since, by, reason, left, kept } = drain
  const open = Object.entries(left).filter(([, count]) => count > 0)
  return (
    <div className="notice" data-tone={state === 'drained' ? 'good' : 'warn'}>
      <Status code={say(state as 'drained')} tone={state === 'drained' ? 'good' : 'warn'} />{' '}
      {say('drainSince', { since: clock(new Date(since)), by, reason })}
      {open.length === 0 ? null : (
        <ul className="plain-list">
          {open.map(([what, count]) => (
            <li key={what}>{say(`left.${what}` as 'left.owed', { count })}</li>
          ))}
        </ul>
      )}
      {kept === 0 ? null : <div>{say('keptSince', { count: kept })}</div>}
    </div>
  )
}

function Wishes({
  row: { id, inbound, outbound, drain },
  want,
}: {
  readonly row: FlowRow
  readonly want: (wish: FlowWish) => void
}) {
  const wishes: FlowWish[] = [
    ...(inbound === null ? [] : [{ verb: turned(inbound.pause), stage: 'translate' as const }]),
    ...(outbound === null ? [] : [{ verb: turned(outbound.pause), stage: 'dispatch' as const }]),
    ...(outbound === null || outbound.breaker === 'closed'
      ? []
      : [{ verb: 'reset' as const, stage: 'dispatch' as const }]),
    { verb: drain === null ? ('drain' as const) : ('end' as const), stage: 'both' as const },
  ].map((wish) => ({ connection: id, ...wish }))
  return (
    <Group gap="xs">
      {wishes.map((wish) => (
        <Button
          key={wordOf(wish)}
          size="compact-xs"
          variant="default"
          aria-label={say('about', { verb: wordOf(wish), connection: id })}
          onClick={() => want(wish)}
        >
          {wordOf(wish)}
        </Button>
      ))}
    </Group>
  )
}

function turned(pause: Pause): 'pause' | 'resume' {
  return pause === null ? 'pause' : 'resume'
}

/** What a wish is called. */
export function wordOf({ verb, stage }: Pick<FlowWish, 'verb' | 'stage'>): string {
  return say(`${verb}.${stage}` as 'pause.translate')
}
