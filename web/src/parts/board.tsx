import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { addressOf, type ListPath, type RowOf, readRows } from '../api/hub.ts'
import { isTold, topicOf } from '../live/topic.ts'
import { useChanges, useIsLive } from '../live/use-live.tsx'
import { say } from '../words/words.ts'
import type { Column } from './column.ts'
import { type FilterField, Filters, useFilters } from './filters.tsx'
import { Stale } from './loaded.tsx'
import { useNews } from './news.ts'
import { usePeek } from './peek.ts'
import { Refusal } from './refusal.tsx'
import { type Order, Sheet } from './sheet.tsx'
import { Unseen } from './unseen.tsx'
import { type Sort, useView } from './view.ts'
import { When } from './when.tsx'

interface BoardProps<P extends ListPath> {
  /** Address of the list. Its last part is the topic under which changes are told. */
  readonly path: P
  /** What stands in the braces of the address. */
  readonly params?: Readonly<Record<string, string>>
  /** Tells the lists of one page apart; the only one has none. */
  readonly name?: string
  readonly title: string
  readonly columns: readonly Column<RowOf<P>>[]
  readonly filters?: readonly FilterField<RowOf<P>>[]
  readonly rowKey: (row: RowOf<P>) => string
  /** Rows change where they are and new ones are rare: nothing has to wait for a hand. */
  readonly keepsPlaces?: boolean
  /** Said where there is nothing, not even without filters. */
  readonly empty?: ReactNode
  /** What can be done with rows that are selected. */
  readonly act?: ((rows: readonly RowOf<P>[]) => ReactNode) | undefined
  /** The same rows in another form, above the list. */
  readonly picture?: Picture<RowOf<P>>
}

/** Rows as a picture, which needs more of them at once than somebody scrolls to. */
export interface Picture<Row> {
  readonly draw: (rows: readonly Row[], isWhole: boolean) => ReactNode
  /** Rows that are read without being asked for; beyond them the picture is that of a part. */
  readonly rowsMost: number
}

/** While the hub is silent, and for lists of which no change is told. */
const refreshMs = 15_000
/** Pause between two pictures of the same rows. */
const drawnMs = 3000

/** A list of the hub: filters in the URL, as many rows as somebody scrolls to, and news that wait while a hand or an eye is on the rows. */
export function Board<P extends ListPath>(props: BoardProps<P>) {
  const {
    path,
    params = {},
    name,
    title,
    columns,
    filters = [],
    rowKey,
    keepsPlaces = false,
    empty,
    act,
    picture,
  } = props
  const [wanted, want] = useFilters(filters)
  const { sort } = useView(name)
  const asked = askedOrder(columns, sort)
  const question = asked === undefined ? wanted : { ...wanted, sort: asked }
  const isDrawn = picture !== undefined
  const { rows, list, news, renew } = useRows({ path, params, wanted: question, rowKey, keepsPlaces, isDrawn })
  const { isWhole, more, next } = useExtent({ list, count: rows.length, picture })
  // Rows of further pages are given up when something changes: only one page is here for good.
  const isHere = isWhole && list.data?.pages.length === 1
  const order: Order = asked !== undefined ? 'asked' : isHere ? 'here' : 'none'
  return (
    <>
      <Filters {...{ fields: filters, wanted, want, rows }} />
      {list.error === null ? null : list.data === undefined ? (
        <Refusal error={list.error} retry={list.refetch} />
      ) : list.isFetchNextPageError ? (
        <Refusal error={list.error} retry={next} />
      ) : (
        <Stale since={list.dataUpdatedAt} />
      )}
      {list.data === undefined || picture === undefined ? null : picture.draw(rows, isWhole)}
      {list.isPending ? <p>{say('list.loading')}</p> : null}
      {list.data !== undefined && rows.length === 0 && isWhole ? (
        <p>{Object.keys(wanted).length > 0 ? say('list.empty.filtered') : (empty ?? say('list.empty'))}</p>
      ) : null}
      <Unseen count={news.unseen} show={renew} />
      {rows.length === 0 ? null : (
        <Sheet
          {...{ name, title, columns, rows, rowKey, act, order, isHere, isWhole }}
          source={addressOf(path, params, question)}
          nearEnd={isWhole ? () => undefined : more}
          hold={news.hold}
          release={(reason) => {
            if (news.release(reason) && news.unseen !== undefined) renew()
          }}
        />
      )}
      {rows.length === 0 && isWhole ? null : (
        <Extent
          count={rows.length}
          lookedBackTo={list.data?.pages.at(-1)?.page.lookedBackTo}
          hasMore={!isWhole}
          isLoading={list.isFetchingNextPage}
          more={next}
        />
      )}
    </>
  )
}

/** The value of `sort` for the order that somebody chose; undefined where the hub does not have it. */
function askedOrder<Row>(columns: readonly Column<Row>[], sort: Sort | undefined): string | undefined {
  const sorts = columns.find(({ id }) => id === sort?.column)?.sorts
  return sort?.isDescending === true ? sorts?.down : sorts?.up
}

/** Reads on as far as the picture needs it, without being asked. */
function useExtent({ list, count, picture }: ExtentOf) {
  const isWhole = !list.hasNextPage
  // Rows that are being read anew are waited for: to read on from old ones would throw them away.
  const next = (): void => {
    const before = list.isFetching ? list.refetch({ cancelRefetch: false }) : Promise.resolve()
    before.then(() => list.fetchNextPage()).catch(() => undefined)
  }
  const more = (): void => {
    if (!list.isFetching && !list.isFetchNextPageError) next()
  }
  const needsMore = picture !== undefined && !isWhole && count < picture.rowsMost
  useEffect(() => {
    if (needsMore) more()
  })
  return { isWhole, more, next }
}

interface ExtentOf {
  readonly list: {
    readonly hasNextPage: boolean
    readonly isFetching: boolean
    readonly isFetchNextPageError: boolean
    readonly fetchNextPage: () => Promise<unknown>
    readonly refetch: (options: { readonly cancelRefetch: boolean }) => Promise<unknown>
  }
  readonly count: number
  readonly picture: { readonly rowsMost: number } | undefined
}

interface RowsProps<P extends ListPath> {
  readonly path: P
  readonly params: Readonly<Record<string, string>>
  readonly wanted: Readonly<Record<string, string>>
  readonly rowKey: (row: RowOf<P>) => string
  readonly keepsPlaces: boolean
  /** All of it is shown at once: read again every few seconds at most, however much happens. */
  readonly isDrawn: boolean
}

function useRows<P extends ListPath>({ path, params, wanted, rowKey, keepsPlaces, isDrawn }: RowsProps<P>) {
  const queryKey = [path, params, wanted]
  const news = useNews()
  const isLive = useIsLive()
  const topic = topicOf(path)
  // Of these nobody tells: one has to look.
  const isLookedAt = !(isLive && isTold(topic))
  const mayMove = !news.isHeld || keepsPlaces
  const readPage = (cursor?: string) => readRows(path, params, { ...wanted, limit: '200', cursor })
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => readPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
    refetchInterval: mayMove && isLookedAt ? refreshMs : false,
  })
  usePeek({
    queryKey: [...queryKey, 'peek'],
    isOn: isLookedAt && !mayMove && list.data !== undefined,
    read: readPage,
    shown: list.data?.pages,
    shownAt: list.dataUpdatedAt,
    rowKey,
    differ: news.differ,
  })
  const queries = useQueryClient()
  const read = (): Promise<unknown> => {
    news.seen()
    // What was scrolled to is left: from the first page on, everything may stand elsewhere by now. It is as old as it was.
    queries.setQueryData(
      queryKey,
      (old: typeof list.data) =>
        old === undefined ? old : { pages: old.pages.slice(0, 1), pageParams: old.pageParams.slice(0, 1) },
      { updatedAt: list.dataUpdatedAt },
    )
    // What does not come is shown as the error of the list.
    return list.refetch().catch(() => undefined)
  }
  const renew = (): void => {
    read().catch(() => undefined)
  }
  const renewSoon = useAtMostEvery(isDrawn ? drawnMs : 0, read)
  useChanges(topic, ({ changed }) => {
    if (news.isHeld && !keepsPlaces) news.news(changed)
    else renewSoon()
  })
  // The same rows are the same array: they are sorted once, not whenever a pointer comes by.
  const rows = useMemo(() => list.data?.pages.flatMap(({ data }) => data) ?? [], [list.data])
  const isEmpty = rows.length === 0
  const letGo = useEffectEvent(() => {
    news.letGo()
    if (news.unseen !== undefined) renewSoon()
  })
  useEffect(() => {
    if (isEmpty) letGo()
  }, [isEmpty])
  return { list, news, renew, rows }
}

/**
 * The same act, at most once in this time and one after the other; what comes meanwhile is done with the next one. Nothing that is on its
 * way is given up for it: what changes faster than it is answered would never be seen.
 */
function useAtMostEvery(ms: number, act: () => Promise<unknown>): () => void {
  const [due] = useState<{ timer?: ReturnType<typeof setTimeout>; at: number; isBusy?: boolean; isAsked?: boolean }>({
    at: 0,
  })
  const now = useEffectEvent(act)
  const [asked, ask] = useState(0)
  const timed = useEffectEvent(() => {
    delete due.timer
    due.at = Date.now()
    due.isBusy = true
    const over = (): void => {
      due.isBusy = false
      if (due.isAsked === true) ask((count) => count + 1)
      due.isAsked = false
    }
    now().then(over, over)
  })
  useEffect(() => {
    if (asked === 0) return
    if (due.isBusy === true) due.isAsked = true
    else due.timer ??= setTimeout(timed, Math.max(0, due.at + ms - Date.now()))
  }, [asked, due, ms])
  useEffect(
    () => () => {
      clearTimeout(due.timer)
      delete due.timer
    },
    [due],
  )
  return () => ask((count) => count + 1)
}

interface ExtentProps {
  readonly count: number
  /** How far the hub came before it had looked at enough for one page. */
  readonly lookedBackTo?: string | undefined
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly more: () => void
}

/** How many rows are here, and the way to more. */
function Extent({ count, lookedBackTo, hasMore, isLoading, more }: ExtentProps) {
  return (
    <p aria-live="polite">
      {say('list.count', { count: count, more: hasMore ? 'yes' : 'no' })}{' '}
      {lookedBackTo === undefined ? null : (
        <>
          {say('list.lookedback')} <When at={lookedBackTo} />{' '}
        </>
      )}
      {hasMore ? (
        <Button size="xs" variant="default" loading={isLoading} onClick={more}>
          {say('list.more')}
        </Button>
      ) : null}
    </p>
  )
}
