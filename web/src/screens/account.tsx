import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../api/hub.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { When } from '../parts/when.tsx'
import { useWho } from '../shell/who.ts'
import { say as shared } from '../words/words.ts'
import { say } from './account.words.ts'

/** What belongs to whoever is signed in: the second factor, and where they are signed in. */
export function Account() {
  const { data: who } = useWho()
  const state = who?.secondFactor
  return (
    <Page title={say('title')}>
      <Section title={say('factor')}>
        {state === undefined ? null : (
          <p className={state === 'wanted' ? 'notice' : undefined} data-tone={state === 'wanted' ? 'warn' : undefined}>
            {say(state)}
          </p>
        )}
        <Enrolment isOpen={state !== 'present'} />
      </Section>
      <Sessions />
    </Page>
  )
}

function Enrolment({ isOpen }: { readonly isOpen: boolean }) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const queries = useQueryClient()
  const begin = useMutation({
    mutationFn: () => answered(hub.POST('/v1/session/second-factor', { body: { password } })),
    onSuccess: () => setPassword(''),
  })
  const confirm = useMutation({
    mutationFn: () => answered(hub.POST('/v1/session/second-factor/confirmation', { body: { code } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['session'] }),
  })
  if (confirm.data !== undefined) return <RecoveryCodes codes={confirm.data.recoveryCodes} />
  if (!isOpen) return null
  if (begin.data === undefined)
    return (
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault()
          begin.mutate()
        }}
      >
        {begin.error === null ? null : <Refusal error={begin.error} />}
        <PasswordInput
          label={say('password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': shared('sign-in.show') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
        />
        <Button type="submit" loading={begin.isPending}>
          {say('begin')}
        </Button>
      </form>
    )
  return (
    <>
      <div className="notice" role="status">
        {say('secret')} <code>{begin.data.secret.match(/.{4}/g)?.join(' ')}</code>{' '}
        <a href={begin.data.uri}>{say('open')}</a>
      </div>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault()
          confirm.mutate()
        }}
      >
        {confirm.error === null ? null : <Refusal error={confirm.error} />}
        <TextInput
          label={say('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          required
          autoFocus
        />
        <Button type="submit" loading={confirm.isPending}>
          {say('confirm')}
        </Button>
      </form>
    </>
  )
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div className="notice" role="status">
      {say('recovery')}
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Sessions() {
  const queries = useQueryClient()
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => answered(hub.GET('/v1/sessions')) })
  const end = useMutation({
    mutationFn: () => answered(hub.DELETE('/v1/sessions')),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <Section title={say('sessions')}>
      {end.error === null ? null : <Refusal error={end.error} />}
      <Loaded query={sessions}>
        {({ data }) => (
          <>
            <table aria-label={say('sessions')}>
              <thead>
                <tr>
                  <th scope="col">{say('place')}</th>
                  <th scope="col">{say('since')}</th>
                  <th scope="col">{say('seen')}</th>
                </tr>
              </thead>
              <tbody>
                {data.map(({ isThis, createdAt, seenAt }) => (
                  <tr key={`${createdAt} ${isThis}`}>
                    <td>{isThis ? <strong>{say('here')}</strong> : say('elsewhere')}</td>
                    <td>
                      <When at={createdAt} />
                    </td>
                    <td>
                      <When at={seenAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {data.length > 1 ? (
              <Button size="compact-sm" variant="default" mt="sm" loading={end.isPending} onClick={() => end.mutate()}>
                {say('end')}
              </Button>
            ) : (
              <p>{say('ended')}</p>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
