import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub, Refused } from '../api/hub.ts'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { say } from '../words/words.ts'
import { CodeField } from './code-field.tsx'

/** The door. */
export function SignIn() {
  const { next }: { next?: string } = useSearch({ strict: false })
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
    <main className="door">
      <Page title={say('sign-in.title')}>
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
            autoFocus
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
      </Page>
    </main>
  )
}

/** Only back into the tower: an address that somebody sent must not lead elsewhere after the door. */
function withinTower(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/'
}
