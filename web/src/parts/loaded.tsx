import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { say } from '../words/words.ts'
import { Refusal } from './refusal.tsx'
import { useClock } from './when.tsx'

/** What was read from the hub, or why there is nothing; and, when the hub is silent, since when. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>
  readonly children: (data: T) => ReactNode
}) {
  const { data, error, isPending, dataUpdatedAt, refetch } = query
  if (isPending) return <p>{say('list.loading')}</p>
  if (data === undefined) return <Refusal error={error} retry={refetch} />
  return (
    <>
      {error === null ? null : <Stale since={dataUpdatedAt} />}
      {children(data)}
    </>
  )
}

/** Silence is a state of its own: what is seen may not be true any more. */
export function Stale({ since }: { readonly since: number }) {
  const clock = useClock()
  return (
    <div className="notice" data-tone="warn" role="status">
      {say('state.stale', { time: clock(new Date(since)) })}
    </div>
  )
}
