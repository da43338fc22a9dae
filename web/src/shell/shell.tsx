import { AppShell, Burger, Button, Group, Modal, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { answered, hub, needsSignIn } from '../api/hub.ts'
import { LiveProvider } from '../live/use-live.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { showUtc, zone } from '../parts/zone.ts'
import { type Language, language, languages, say, speak } from '../words/words.ts'
import { Keys } from './keys.tsx'
import { entriesFor, navigation } from './navigation.ts'
import { Search } from './search.tsx'
import { useWho, type Who } from './who.ts'

/** Two lines that run beside each other and meet. */
function Mark() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M3 7h6c5 0 5 10 12 10" />
      <path d="M3 17h6c5 0 5-10 12-10" />
      <circle cx="12.7" cy="12" r="2" fill="currentColor" stroke="none" />
    </svg>
  )
}

/** What is around every screen: search, menu, who is signed in. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const who = useWho()
  const isOfPartner = who.data?.partner !== undefined
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
      transitionDuration={0}
    >
      <AppShell.Header>
        <a className="skip" href="#content">
          {say('app.skip')}
        </a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say('nav.label')} />
            <span className="brand">
              <Mark />
              <span>{say('app.name')}</span>
            </span>
          </Group>
          {isOfPartner ? null : <Search />}
          <Group wrap="nowrap" gap="xs" visibleFrom="sm">
            <Account name={who.data?.name ?? ''} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" style={{ overflowY: 'auto' }}>
        <nav className="navigation" aria-label={say('nav.label')} onClick={close}>
          <Menu who={who.data} />
        </nav>
        <Group p="xs" gap="xs" hiddenFrom="md">
          <Reading />
        </Group>
        <Group p="xs" gap="xs" hiddenFrom="sm">
          <Account name={who.data?.name ?? ''} isBelow />
        </Group>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Loaded query={who}>
          {() => (
            <LiveProvider isOpen={!isOfPartner}>
              <Outlet />
            </LiveProvider>
          )}
        </Loaded>
        <Keys />
      </AppShell.Main>
    </AppShell>
  )
}

function Menu({ who }: { readonly who: Who | undefined }) {
  return navigation.map(({ word, entries }) => {
    const allowed = entriesFor(entries, who)
    if (allowed.length === 0) return null
    return (
      <div key={word}>
        <div className="nav-group" id={word}>
          {say(word)}
        </div>
        <ul className="plain-list" aria-labelledby={word}>
          {allowed.map(({ to, word: name }) => (
            <li key={to}>
              <Link className="nav-link" to={to as never} activeOptions={{ exact: to === '/' }}>
                {say(name)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    )
  })
}

/** In which language and zone somebody reads: at the top where there is room, else below the menu. */
function Reading() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={say('common.language')}
        value={language()}
        data={Object.keys(languages)}
        onChange={(event) => speak(event.currentTarget.value as Language)}
      />
      <NativeSelect
        size="xs"
        aria-label={say('common.zone')}
        value={zone()}
        data={[...new Set([own, 'UTC'])]}
        onChange={(event) => showUtc(event.currentTarget.value === 'UTC')}
      />
    </>
  )
}

/** Who is signed in, and the way out: at the top, or on a phone below the menu. */
function Account({ name, isBelow = false }: { readonly name: string; readonly isBelow?: boolean }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const leave = useMutation({
    mutationFn: () => answered(hub.DELETE('/v1/session')),
    onSuccess: async ({ next }) => {
      queries.clear()
      // An identity provider is elsewhere: whoever signs out here signs out there, too.
      if (next.startsWith('/')) await navigate({ to: '/sign-in' as never })
      else location.assign(next)
    },
    // Whoever is signed out already is let out; whoever is still signed in must not believe otherwise.
    onError: async (error) => {
      if (!needsSignIn(error)) return
      queries.clear()
      await navigate({ to: '/sign-in' as never })
    },
  })
  return (
    <>
      <Link className="nav-link" to={'/account' as never}>
        {name}
      </Link>
      {isBelow ? null : (
        <Group wrap="nowrap" gap="xs" visibleFrom="md">
          <Reading />
        </Group>
      )}
      <Button size="xs" variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
        {say('sign-out')}
      </Button>
      <Modal
        opened={leave.isError}
        onClose={() => leave.reset()}
        title={say('sign-out')}
        transitionProps={{ duration: 0 }}
      >
        <p>{say('sign-out.failed')}</p>
        {leave.error === null ? null : <Refusal error={leave.error} retry={() => leave.mutate()} />}
      </Modal>
    </>
  )
}
