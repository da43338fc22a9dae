import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { Rows } from '../api/hub.ts'

/** As often as a list is read again that nothing holds. */
const peekMs = 15_000

interface PeekProps<Row> {
  readonly queryKey: readonly unknown[]
  /** Rows are held, and nobody tells of changes. */
  readonly isOn: boolean
  /** Reads the first page as it is now. */
  readonly read: () => Promise<Rows<Row>>
  /** Pages that are shown; undefined until there are any. */
  readonly shown: readonly Rows<Row>[] | undefined
  /** When they were read, ms since 1970. */
  readonly shownAt: number
  readonly rowKey: (row: Row) => string
  /** Is told how many rows of the first page are not as they are shown. */
  readonly differ: (count: number) => void
}

/** Looks at the hub for what has changed behind rows that must not move meanwhile: how much it is, and nothing else, comes of it. */
export function usePeek<Row>({ queryKey, isOn, read, shown, shownAt, rowKey, differ }: PeekProps<Row>): void {
  const { data, dataUpdatedAt } = useQuery({
    queryKey,
    queryFn: () => read(),
    enabled: isOn,
    refetchInterval: isOn ? peekMs : false,
    // A pointer that comes and goes asks no more often.
    staleTime: peekMs,
    gcTime: 0,
    // A list that cannot be read says so itself, once it may move again.
    retry: false,
  })
  const compare = useEffectEvent(() => {
    if (!isOn || shown === undefined || data === undefined) return
    differ(shownAt >= dataUpdatedAt ? 0 : differing(shown, data, rowKey))
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same answer again is a look of its own
  useEffect(() => compare(), [dataUpdatedAt, shownAt])
}

/** How many rows came, went or changed. Rows that only slid onto a further page have not gone. */
function differing<Row>(shown: readonly Rows<Row>[], seen: Rows<Row>, rowKey: (row: Row) => string): number {
  const before = new Map(shown.flatMap(({ data }) => data).map((row) => [rowKey(row), saidOf(row)]))
  const came = seen.data.filter((row) => before.get(rowKey(row)) !== saidOf(row)).length
  if (seen.page.next !== null) return came
  const now = new Set(seen.data.map(rowKey))
  return came + [...before.keys()].filter((key) => !now.has(key)).length
}

/** What a row says. Figures are left out: an age grows by itself, and is no news. */
function saidOf(row: unknown): string {
  return JSON.stringify(row, (_, member: unknown) => (typeof member === 'number' ? undefined : member))
}
