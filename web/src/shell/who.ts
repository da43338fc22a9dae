import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'

/** Somebody who is signed in, as the hub says it. */
export type Who = NonNullable<ReturnType<typeof useWho>['data']>

/** Who is signed in, and what they may do. */
export function useWho() {
  return useQuery({ queryKey: ['session'], queryFn: () => answered(hub.GET('/v1/session')), staleTime: 60_000 })
}

/** Whether somebody is of a partner: much of what staff see is neither shown nor asked for then. */
export function useIsOfPartner(): boolean {
  return useWho().data?.partner !== undefined
}

/** Whether somebody with these scopes may do something: what is not possible is not offered, and the hub decides anyway. */
export function may(scopes: readonly string[] | undefined, scope: string): boolean {
  return scopes?.some((one) => one === '*' || one === scope) ?? false
}
