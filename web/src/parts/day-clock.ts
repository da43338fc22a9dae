import { useSyncExternalStore } from 'react'
import { zone } from './zone.ts'

/** How often it is looked whether another day has begun. A timer until midnight would be wrong after the machine has slept. */
const lookMs = 15_000

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let told = ''

/** The day that it is now where times are shown, YYYY-MM-DD. Whatever shows it is drawn again when another one begins. */
export function useToday(): string {
  return useSyncExternalStore(subscribe, today)
}

/** The day that it is now where times are shown, YYYY-MM-DD. */
export function today(): string {
  return dayOf(new Date())
}

/** The day of an instant where times are shown, YYYY-MM-DD. */
export function dayOf(instant: Date): string {
  return instant.toLocaleDateString('en-CA', { timeZone: zone() })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    told = today()
    timer = setInterval(look, lookMs)
    document.addEventListener('visibilitychange', look)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    document.removeEventListener('visibilitychange', look)
  }
}

function look(): void {
  const now = today()
  if (now === told) return
  told = now
  for (const listener of listeners) listener()
}
