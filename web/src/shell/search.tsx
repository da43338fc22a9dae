import { TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useRef } from 'react'
import { useGo } from '../parts/go.ts'
import { say } from '../words/words.ts'

/** One field for any reference; `Ctrl K` or `/` leads there from everywhere, `/` where there is no list to filter. */
export function Search() {
  const field = useRef<HTMLInputElement>(null)
  const go = useGo()
  const enter = (): void => field.current?.focus()
  // Also out of a field: it is no letter that somebody could be writing.
  useHotkeys([['mod+K', enter]], [])
  useHotkeys([
    // Next to rows, their filter is nearer.
    ['/', () => (document.querySelector<HTMLElement>('.filters input, .filters select') ?? field.current)?.focus()],
  ])
  return (
    <form
      role="search"
      aria-label={say('search.open')}
      style={{ flex: 1, maxWidth: '32rem' }}
      onSubmit={(event) => {
        event.preventDefault()
        const reference = field.current?.value.trim() ?? ''
        if (reference !== '') go({ page: '/search', search: { reference } })
      }}
    >
      <TextInput
        ref={field}
        size="xs"
        aria-label={say('search.open')}
        placeholder={say('search.hint')}
        maxLength={200}
        title={say('keys.help')}
      />
    </form>
  )
}
