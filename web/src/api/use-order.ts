import { useRef } from 'react'
import { Refused } from './hub.ts'

/** Header of an order: however often it comes to the hub, it is carried out once. */
export interface OrderHeader {
  readonly 'Idempotency-Key': string
}

/** Sends an order that says this. */
export type SendOrder = <T>(said: unknown, send: (header: OrderHeader) => Promise<T>) => Promise<T>

/**
 * Orders of one form. Whoever presses again because no answer came sends the same order, which the hub carries out once; other words, or the
 * same ones after an answer, are a new order: a refusal is final for the hub, and must not come back when its cause is repaired.
 */
export function useOrder(): SendOrder {
  const unanswered = useRef(new Map<string, string>())
  return async (said, send) => {
    const words = JSON.stringify(said) ?? ''
    const id = unanswered.current.get(words) ?? crypto.randomUUID()
    unanswered.current.set(words, id)
    try {
      const answer = await send({ 'Idempotency-Key': id })
      unanswered.current.delete(words)
      return answer
    } catch (error) {
      if (error instanceof Refused && error.problem.status < 500) unanswered.current.delete(words)
      throw error
    }
  }
}
