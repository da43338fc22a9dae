import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'

/** Who is signed in, and what they may do. */
export function useWho() {
  return useQuery({ queryKey: ['session'], queryFn: () => answered(hub.GET('/v1/session')), staleTime: 60_000 })
}

/** Whether somebody with these scopes may do something: what is not possible is not offered, and the hub decides anyway. */
export function may(scopes: readonly string[] | undefined, scope: string): boolean {
  return scopes?.some((one) => one === '*' || one === scope) ?? false
}
