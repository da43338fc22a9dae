import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { When } from '../../parts/when.tsx'
import { CodeField } from '../../shell/code-field.tsx'
import { useWho } from '../../shell/who.ts'
import { withinTower } from '../../shell/within-tower.ts'
import { say as shared } from '../../words/words.ts'
import { say } from './account.words.ts'

/** What belongs to whoever is signed in: the second factor, and where they are signed in. */
export function Account() {
  const { data: who } = useWho()
  const state = who?.secondFactor
  const isMissing = state === 'wanted' || state === 'asked'
  return (
    <Page title={say('title')}>
      <Section title={say('factor')}>
        {state === undefined ? null : (
          <p className={isMissing ? 'notice' : undefined} data-tone={isMissing ? 'warn' : undefined}>
            {say(state)}
          </p>
        )}
        {state === 'asked' ? <Proof /> : <Enrolment isOpen={state !== 'present'} />}
      </Section>
      <Sessions />
    </Page>
  )
}

/** The code that the identity provider has not asked for. */
function Proof() {
  const { next }: { next?: string } = useSearch({ strict: false })
  const [code, setCode] = useState('')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const show = useMutation({
    mutationFn: () => answered(hub.POST('/v1/session/code', { body: { code } })),
    onSuccess: async (who) => {
      queries.clear()
      queries.setQueryData(['session'], who)
      await navigate({ href: withinTower(next) })
    },
  })
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        show.mutate()
      }}
    >
      {show.error === null ? null : <Refusal error={show.error} />}
      <CodeField value={code} change={setCode} />
      <Button type="submit" loading={show.isPending}>
        {say('show')}
      </Button>
    </form>
  )
}

function Enrolment({ isOpen }: { readonly isOpen: boolean }) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const queries = useQueryClient()
  const begin = useMutation({
    mutationFn: () => answered(hub.POST('/v1/session/second-factor', { body: password === '' ? {} : { password } })),
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
          description={say('password.about')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': shared('sign-in.show') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={begin.isPending}>
          {say('begin')}
        </Button>
      </form>
    )
  return (
    <>
      <Secret {...begin.data} />
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

interface Begun {
  readonly secret: string
  readonly uri: string
  readonly picture?: string
}

/** For the camera, the keyboard and the app of the same device. */
function Secret({ secret, uri, picture }: Begun) {
  return (
    <div className="notice" role="status">
      {picture === undefined ? null : (
        <p>
          <img
            src={`data:image/svg+xml,${encodeURIComponent(picture)}`}
            alt={say('picture')}
            width={220}
            height={220}
          />
        </p>
      )}
      {say('secret')} <code>{secret.match(/.{4}/g)?.join(' ')}</code> <a href={uri}>{say('open')}</a>
    </div>
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
            <Rows
              title={say('sessions')}
              rows={data}
              rowKey={({ createdAt, isThis }) => `${createdAt} ${isThis}`}
              columns={[
                {
                  id: 'place',
                  title: say('place'),
                  cell: ({ isThis }) => (isThis ? <strong>{say('here')}</strong> : say('elsewhere')),
                },
                { id: 'since', title: say('since'), cell: ({ createdAt }) => <When at={createdAt} /> },
                { id: 'seen', title: say('seen'), cell: ({ seenAt }) => <When at={seenAt} /> },
              ]}
            />
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
