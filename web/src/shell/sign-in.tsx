import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub, Refused } from '../api/hub.ts'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { say } from '../words/words.ts'
import { CodeField } from './code-field.tsx'
import { say as own } from './sign-in.words.ts'
import { withinTower } from './within-tower.ts'

/** The door: identity providers first, where there are any. */
export function SignIn() {
  const { next, refused }: { next?: string; refused?: string } = useSearch({ strict: false })
  const ways = useQuery({ queryKey: ['sign-in'], queryFn: () => answered(hub.GET('/v1/sign-in')), staleTime: 60_000 })
  const { providers = [], passwords = true } = ways.data ?? {}
  return (
    <main className="door">
      <Page title={say('sign-in.title')}>
        {refused === undefined ? null : (
          <div className="notice" data-tone="bad" role="alert">
            {refusalOf(refused)}
          </div>
        )}
        {providers.length === 0 ? null : (
          <ul className="plain-list" aria-label={own('providers')}>
            {providers.map(({ name, title, url }) => (
              <li key={name}>
                <Button component="a" href={`${url}?next=${encodeURIComponent(withinTower(next))}`} fullWidth mb="sm">
                  {own('with', { provider: title })}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {passwords ? (
          <PasswordForm next={next} />
        ) : (
          <details>
            <summary>{own('password')}</summary>
            <PasswordForm next={next} />
          </details>
        )}
      </Page>
    </main>
  )
}

const refusals = [
  ...(['IDENTITY_DENIED', 'IDENTITY_EMAIL_UNPROVEN', 'IDENTITY_OTHER', 'IDENTITY_PROVIDER_AWAY'] as const),
  ...(['IDENTITY_PROVIDER_UNKNOWN', 'IDENTITY_UNKNOWN', 'IDENTITY_UNPROVEN'] as const),
  ...(['SIGN_IN_STALE', 'SIGN_IN_TOO_OFTEN'] as const),
]

/** Codes come in an address: whatever else stands there is not said as ours. */
function refusalOf(code: string): string {
  const known = refusals.find((one) => one === code)
  return known === undefined ? own('other', { code: code.replaceAll(/[^A-Z_]/g, '').slice(0, 40) }) : own(known)
}

function PasswordForm({ next }: { readonly next: string | undefined }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const enter = useMutation({
    mutationFn: () =>
      answered(hub.POST('/v1/session', { body: { email, password, ...(code === '' ? {} : { code }) } })),
    onSuccess: async (who) => {
      queries.clear()
      queries.setQueryData(['session'], who)
      await navigate({ href: who.secondFactor === 'wanted' ? '/account' : withinTower(next) })
    },
  })
  const wantsCode = enter.error instanceof Refused && enter.error.problem.code.startsWith('SECOND_FACTOR_')
  const isCodeShown = wantsCode || code !== ''
  return (
    <>
      {enter.error === null || (wantsCode && code === '') ? null : <Refusal error={enter.error} />}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          enter.mutate()
        }}
      >
        <TextInput
          type="email"
          autoComplete="username"
          label={say('sign-in.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
        />
        <PasswordInput
          autoComplete="current-password"
          label={say('sign-in.password')}
          visibilityToggleButtonProps={{ 'aria-label': say('sign-in.show') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
          mt="sm"
        />
        {isCodeShown ? <CodeField value={code} change={setCode} /> : null}
        <Button type="submit" loading={enter.isPending} mt="md" fullWidth>
          {say('sign-in.submit')}
        </Button>
      </form>
    </>
  )
}
