import { TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'
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
