import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { language } from '../../words/words.ts'
import { say, segmentName } from './segments.words.ts'

type View = paths['/v1/messages/{id}/segments']['get']['responses']['200']['content']['application/json']
type Segment = View['segments'][number]
type Verdict = View['verdicts'][number]

/** Segments that come before the one that is jumped to. */
const context = 2
const shownAtOnce = 200

/** What an X12 or EDIFACT message says, segment by segment, and what is wrong at which byte. Nothing for any other message. */
export function Segments({ id }: { readonly id: string }) {
  const [wanted, want] = useState<{ readonly segment: number; readonly element?: number | undefined }>()
  const [from, setFrom] = useState(0)
  const query = useQuery({
    queryKey: ['message', id, 'segments', from],
    queryFn: () =>
      answered(hub.GET('/v1/messages/{id}/segments', { params: { path: { id }, query: { from: String(from) } } })),
    placeholderData: (before) => before,
  })
  const jump = ({ segment, element }: Verdict): void => {
    if (segment === undefined) return
    want({ segment, element })
    setFrom(Math.max(0, segment - context))
  }
  return (
    <Loaded query={query}>
      {(view) =>
        view.syntax === null ? null : (
          <Section title={say('title')}>
            {view.bytesRead < view.bytes ? <p>{say('part', { read: view.bytesRead, bytes: view.bytes })}</p> : null}
            <Wrong view={view} jump={jump} />
            <p>
              {say('about', {
                total: view.total,
                syntax: view.syntax === 'x12' ? 'X12' : 'EDIFACT',
                from: view.segments.length === 0 ? 0 : from + 1,
                to: from + view.segments.length,
              })}
            </p>
            <Paging view={view} from={from} setFrom={setFrom} />
            <Rows
              title={say('title')}
              rows={view.segments}
              rowKey={({ index }) => String(index)}
              columns={[
                { id: 'number', title: say('number'), cell: ({ index }) => index + 1 },
                { id: 'byte', title: say('byte'), cell: ({ start }) => start },
                {
                  id: 'segment',
                  title: say('segment'),
                  cell: ({ tag, index }) => <Tag tag={tag} isWanted={index === wanted?.segment} />,
                },
                {
                  id: 'elements',
                  title: say('elements'),
                  cell: (segment) => <Elements segment={segment} verdicts={view.verdicts} />,
                },
              ]}
            />
          </Section>
        )
      }
    </Loaded>
  )
}

interface PagingProps {
  readonly view: View
  readonly from: number
  readonly setFrom: (from: number) => void
}

function Paging({ view, from, setFrom }: PagingProps) {
  const behind = from + view.segments.length
  return (
    <Group mb="xs">
      <Button
        size="compact-sm"
        variant="default"
        disabled={from === 0}
        onClick={() => setFrom(Math.max(0, from - shownAtOnce))}
      >
        {say('before')}
      </Button>
      <Button size="compact-sm" variant="default" disabled={behind >= view.total} onClick={() => setFrom(behind)}>
        {say('behind')}
      </Button>
    </Group>
  )
}

/** Every error with its bytes, and the way to its segment. */
function Wrong({ view, jump }: { readonly view: View; readonly jump: (verdict: Verdict) => void }) {
  if (view.verdicts.length === 0) return <p>✓ {say('right')}</p>
  return (
    <>
      <h3>{say('wrong')}</h3>
      <ol className="plain-list">
        {view.verdicts.map((one) => (
          <li key={`${one.start} ${one.end} ${one.code}`}>
            <Status code={one.severity} tone={one.severity === 'reject' ? 'bad' : 'warn'} /> <strong>{one.code}</strong>{' '}
            {one.title} {say('place', { start: one.start, end: one.end })}
            {one.element === undefined ? null : `, ${say('element', { element: one.element })}`}{' '}
            <code>
              {one.before}
              <mark>{one.at}</mark>
              {one.after}
            </code>{' '}
            {one.segment === undefined ? null : (
              <Button size="compact-sm" variant="default" onClick={() => jump(one)}>
                {say('jump', { start: one.start })}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {view.hasMoreVerdicts ? <p>{say('wrong.more')}</p> : null}
    </>
  )
}

/** Takes the focus when somebody has jumped to it. */
function Tag({ tag, isWanted }: { readonly tag: string; readonly isWanted: boolean }) {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (isWanted) place.current?.focus()
  }, [isWanted])
  return (
    <span ref={place} tabIndex={-1}>
      <strong>{tag}</strong> {segmentName(tag, language())}
    </span>
  )
}

/** Each element with its place and the number of its data element; what is wrong is marked. */
function Elements({ segment, verdicts }: { readonly segment: Segment; readonly verdicts: readonly Verdict[] }) {
  const wrong = new Set(verdicts.flatMap((one) => (one.segment === segment.index ? [one.element ?? 0] : [])))
  return segment.elements.map(({ dataElement, values }, at) => {
    const text = values.map((components) => components.join(' : ')).join(' ^ ')
    const isWrong = wrong.has(at + 1)
    if (text === '' && !isWrong) return null
    const place = `${segment.tag}${String(at + 1).padStart(2, '0')}`
    return (
      <div key={place}>
        <small>
          {place}
          {dataElement === undefined ? '' : ` (${dataElement})`}
        </small>{' '}
        {isWrong ? <mark>■ {text}</mark> : text}
      </div>
    )
  })
}
