import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub, Refused } from '../api/hub.ts'
import { Page } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { say } from '../words/words.ts'
import { CodeField } from './code-field.tsx'

/** Where a link leads that may be followed once. What stands behind # never reaches a server by itself. */
export function Welcome() {
  const [token] = useState(() => location.hash.slice(1))
  const [isFirst, setFirst] = useState(false)
  const [said, setSaid] = useState({ email: '', name: '', password: '', code: '' })
  const navigate = useNavigate()
  const queries = useQueryClient()
  const follow = useMutation({
    mutationFn: () => {
      const { password, email, name, code } = said
      const more = { ...(isFirst ? { email, name } : {}), ...(code === '' ? {} : { code }) }
      return answered(hub.POST('/v1/welcome', { body: { token, password, ...more } }))
    },
    onSuccess: async (who) => {
      queries.setQueryData(['session'], who)
      await navigate({ to: (who.secondFactor === 'wanted' ? '/account' : '/') as never, replace: true })
    },
  })
  const change = (part: Partial<typeof said>): void => setSaid({ ...said, ...part })
  return (
    <main className="door">
      <Page title={say('welcome.title')}>
        <p>{say('welcome.about')}</p>
        {follow.error === null ? null : <Refusal error={follow.error} />}
        <form
          onSubmit={(event) => {
            event.preventDefault()
            follow.mutate()
          }}
        >
          <Checkbox
            label={say('welcome.first.toggle')}
            checked={isFirst}
            onChange={(event) => setFirst(event.currentTarget.checked)}
          />
          {isFirst ? <WhoYouAre said={said} change={change} /> : null}
          <PasswordInput
            label={say('sign-in.password')}
            visibilityToggleButtonProps={{ 'aria-label': say('sign-in.show') }}
            autoComplete="new-password"
            value={said.password}
            onChange={(event) => change({ password: event.currentTarget.value })}
            required
            mt="sm"
          />
          {follow.error instanceof Refused && follow.error.problem.code.startsWith('SECOND_FACTOR_') ? (
            <CodeField value={said.code} change={(code) => change({ code })} />
          ) : null}
          <Button type="submit" loading={follow.isPending} mt="md" fullWidth>
            {say('welcome.submit')}
          </Button>
        </form>
      </Page>
    </main>
  )
}

interface Said {
  readonly email: string
  readonly name: string
}

function WhoYouAre({ said, change }: { readonly said: Said; readonly change: (part: Partial<Said>) => void }) {
  return (
    <>
      <p>{say('welcome.first')}</p>
      <TextInput
        label={say('welcome.name')}
        autoComplete="name"
        value={said.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        required
      />
      <TextInput
        type="email"
        label={say('sign-in.email')}
        autoComplete="username"
        value={said.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
        required
        mt="sm"
      />
    </>
  )
}
