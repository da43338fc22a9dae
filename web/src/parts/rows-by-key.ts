import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'

interface RowsProps<Row> {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Scrolls so that a row is drawn. */
  readonly reveal: (index: number) => void
  /** `x` on a row; absent where rows are not selected. */
  readonly pick: ((row: Row) => void) | undefined
}

const controls = 'a, button, input'

/** Moves through rows, whatever is drawn of them: the row is remembered by its key, so that it stays the same when others come. */
export function useRowsByKey<Row>(props: RowsProps<Row>): (event: KeyboardEvent) => void {
  const { frame, rows, rowKey, reveal, pick } = props
  const [key, setKey] = useState<string>()
  const wantsFocus = useRef(false)
  const known = key === undefined ? -1 : rows.findIndex((row) => rowKey(row) === key)
  useLayoutEffect(() => {
    const table = frame.current
    if (table === null) return
    const drawn = Array.from(table.querySelectorAll<HTMLElement>('tbody tr[data-index]'))
    const current = drawn.find((row) => Number(row.dataset['index']) === known)
    // Whoever works in a row, however he came there, gets on in it with the tab key.
    const inHand = drawn.find((row) => row.contains(document.activeElement)) ?? current ?? drawn[0]
    for (const row of drawn)
      for (const control of row.querySelectorAll<HTMLElement>(controls)) control.tabIndex = row === inHand ? 0 : -1
    if (!wantsFocus.current || current === undefined) return
    wantsFocus.current = false
    const first = current.querySelector<HTMLElement>('a, button') ?? current
    first.focus({ preventScroll: true })
  })
  /** Returns whether the key meant something here. */
  const press = (pressed: string): boolean => {
    // Where the focus is counts, whoever put it there.
    const focused = document.activeElement?.closest<HTMLElement>('tr[data-index]')
    const isHere = focused !== null && focused !== undefined && frame.current?.contains(focused)
    const from = isHere ? Number(focused.dataset['index']) : known
    const here = rows[from]
    if (pressed === 'x' && pick !== undefined && here !== undefined) {
      pick(here)
      return true
    }
    const to = destination(pressed, from, rows.length)
    const row = to === undefined ? undefined : rows[to]
    if (to === undefined || row === undefined) return false
    wantsFocus.current = true
    setKey(rowKey(row))
    reveal(to)
    return true
  }
  useFromAnywhere(frame, press)
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (event.key === 'Escape') {
      setKey(undefined)
      ;(document.activeElement as HTMLElement | null)?.blur()
    } else if (press(event.key)) event.preventDefault()
  }
}

/** `j` and `k` lead into the first list of the page from where no focus is. */
function useFromAnywhere(frame: RefObject<HTMLDivElement | null>, press: (pressed: string) => boolean): void {
  const enter = useEffectEvent((event: globalThis.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !['j', 'k'].includes(event.key)) return
    if (document.activeElement !== document.body || document.querySelector('.board') !== frame.current) return
    if (press(event.key)) event.preventDefault()
  })
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent): void => enter(event)
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
}

/** Letters belong to the text that somebody writes. */
function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox')
  )
}

function destination(key: string, from: number, count: number): number | undefined {
  if (key === 'j' || key === 'ArrowDown') return Math.min(count - 1, from + 1)
  if (key === 'k' || key === 'ArrowUp') return Math.max(0, from - 1)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key === 'PageDown') return Math.min(count - 1, from + 10)
  if (key === 'PageUp') return Math.max(0, from - 10)
  return undefined
}
