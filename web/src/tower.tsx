import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { needsSignIn } from './api/hub.ts'
import { makeRouter } from './routes.tsx'
import { theme, variables } from './theme.ts'

const router = makeRouter()

/** Whoever is not signed in any more begins at the door, and comes back to where they were. */
function leave(error: unknown): void {
  const { pathname, search } = location
  if (!needsSignIn(error) || pathname === '/sign-in' || pathname === '/welcome') return
  router.navigate({ to: '/sign-in', search: { next: pathname + search } }).catch(() => location.assign('/sign-in'))
}

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leave }),
  defaultOptions: {
    queries: { staleTime: 5000, retry: (count, error) => count < 2 && error instanceof TypeError },
  },
})

/** The nonce by which the hub allows this page to add style sheets. */
function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''
}

/** The control tower: everything that a page needs around it. */
export function Tower() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={nonce}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
