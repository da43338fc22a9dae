import { useRef, useState } from 'react'
import type { Hold } from './sheet-table.tsx'

/** News of a list wait while anything holds its rows. */
export function useNews() {
  const holds = useRef(new Set<Hold>())
  const [isHeld, setHeld] = useState(false)
  const [unseen, setUnseen] = useState<number>()
  const change = (act: (held: Set<Hold>) => void): void => {
    act(holds.current)
    setHeld(holds.current.size > 0)
  }
  return {
    isHeld,
    unseen,
    hold: (reason: Hold) => change((held) => held.add(reason)),
    /** Returns whether nothing holds them any more. */
    release: (reason: Hold): boolean => {
      change((held) => held.delete(reason))
      return holds.current.size === 0
    },
    /** There are no rows any more that anything could hold: whatever held them has not said so. */
    letGo: () => change((held) => held.clear()),
    /** So many differ from what is shown, whoever said so before. */
    differ: (count: number) => setUnseen(count === 0 ? undefined : count),
    news: (changed: number) => setUnseen((before = 0) => before + changed),
    seen: () => setUnseen(undefined),
  }
}
