import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react'
import { Stale } from '../parts/loaded.tsx'
import { type Change, Live } from './live.ts'
import { Renewal } from './renewal.ts'

const context = createContext<Live | undefined>(undefined)

interface LiveProps {
  /** The hub tells everything that happens, or nothing: people of a partner look by themselves. */
  readonly isOpen: boolean
  readonly children: ReactNode
}

/** Everything within hears of changes; what is read of one object is read again when it changes. Says when the hub is silent. */
export function LiveProvider({ isOpen, children }: LiveProps) {
  return isOpen ? <Listening>{children}</Listening> : children
}

function Listening({ children }: { readonly children: ReactNode }) {
  const [live] = useState(() => new Live())
  const queries = useQueryClient()
  useEffect(() => live.start(), [live])
  useEffect(() => live.subscribe(new Renewal(queries).take), [live, queries])
  const isSilent = useSyncExternalStore(live.subscribeHealth, () => live.isSilent)
  return (
    <context.Provider value={live}>
      {isSilent ? <Stale since={live.heardAt} /> : null}
      {children}
    </context.Provider>
  )
}

/** Whether changes come by themselves at the moment; otherwise one has to look. */
export function useIsLive(): boolean {
  const live = useContext(context)
  return useSyncExternalStore(live?.subscribeHealth ?? nothing, () => live !== undefined && !live.isSilent)
}

/** Calls back with the changes of a topic, at most twice a second. `changed` is 0 where nobody knows how many. */
export function useChanges(topic: string, changed: (change: Change) => void): void {
  const live = useContext(context)
  const tell = useEffectEvent(changed)
  useEffect(
    () =>
      live?.subscribe((changes) => {
        const own = changes.find((change) => change.topic === topic || change.topic === '*')
        if (own !== undefined) tell(own)
      }),
    [live, topic],
  )
}

function nothing(): () => void {
  return () => undefined
}
