import { TagsInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { Twice } from '../../parts/twice.tsx'
import { When } from '../../parts/when.tsx'
import { say } from './access.words.ts'

/** What the hub knows of roles and scopes. */
export function useRoles() {
  return useQuery({ queryKey: ['/v1/roles'], queryFn: () => answered(hub.GET('/v1/roles')), staleTime: 600_000 })
}

interface ScopesProps {
  readonly value: readonly string[]
  readonly change: (scopes: string[]) => void
}

/** Scopes to choose from; one with a filter is typed. */
export function ScopesField({ value, change }: ScopesProps) {
  const { data } = useRoles()
  return (
    <TagsInput
      label={say('scopes')}
      description={say('scopesHint')}
      data={[...(data?.scopes ?? [])]}
      value={[...value]}
      onChange={change}
      clearable={false}
    />
  )
}

/** What was made, and is said this once. */
export function Once({ text, children }: { readonly text?: string | undefined; readonly children?: string }) {
  return (
    <div className="notice" role="status">
      {text === undefined ? null : (
        <div>
          {say('once')} <code>{text}</code>
        </div>
      )}
      {children}
    </div>
  )
}

/** When something was used last. */
export function Used({ at }: { readonly at: string | undefined }) {
  return at === undefined ? say('never') : <When at={at} />
}

interface RevokeProps {
  readonly path: '/v1/clients/{id}' | '/v1/keys/{id}'
  readonly id: string
}

/** Ends the access of a client or a key for good. */
export function Revoke({ path, id }: RevokeProps) {
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => answered(hub.DELETE(path, { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [path.replace('/{id}', '')] }),
  })
  return (
    <>
      {revoke.error === null ? null : <Refusal error={revoke.error} />}
      <Twice word={say('revoke')} really={say('really')} isBusy={revoke.isPending} act={() => revoke.mutate()} />
    </>
  )
}
