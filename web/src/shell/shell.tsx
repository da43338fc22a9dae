import { AppShell, Burger, Button, Group, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { answered, hub } from '../api/hub.ts'
import { LiveProvider } from '../live/use-live.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { type Language, language, languages, say, speak } from '../words/words.ts'
import { Keys } from './keys.tsx'
import { navigation } from './navigation.ts'
import { Search } from './search.tsx'
import { may, useWho } from './who.ts'

/** What is around every screen: search, menu, who is signed in. */
export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const who = useWho()
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
            <strong>{say('app.name')}</strong>
          </Group>
          <Search />
          <Account name={who.data?.name ?? ''} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" style={{ overflowY: 'auto' }}>
        <nav className="navigation" aria-label={say('nav.label')} onClick={close}>
          <Menu scopes={who.data?.scopes} />
        </nav>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Loaded query={who}>
          {() => (
            <LiveProvider>
              <Outlet />
            </LiveProvider>
          )}
        </Loaded>
        <Keys />
      </AppShell.Main>
    </AppShell>
  )
}

function Menu({ scopes }: { readonly scopes: readonly string[] | undefined }) {
  return navigation.map(({ word, entries }) => {
    const allowed = entries.filter(({ scope }) => may(scopes, scope))
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

function Account({ name }: { readonly name: string }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const leave = useMutation({
    mutationFn: () => answered(hub.DELETE('/v1/session')),
    onSettled: async () => {
      queries.clear()
      await navigate({ to: '/sign-in' as never })
    },
  })
  return (
    <Group wrap="nowrap" gap="xs">
      <Link className="nav-link" to={'/account' as never}>
        {name}
      </Link>
      <NativeSelect
        size="xs"
        aria-label={say('common.language')}
        value={language()}
        data={Object.keys(languages)}
        onChange={(event) => speak(event.currentTarget.value as Language)}
        visibleFrom="sm"
      />
      <Button size="xs" variant="default" onClick={() => leave.mutate()}>
        {say('sign-out')}
      </Button>
    </Group>
  )
}
