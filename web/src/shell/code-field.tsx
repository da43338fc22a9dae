import { TextInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { say } from '../words/words.ts'

/** What the app of somebody shows, or a recovery code. It takes the focus: it appears because it is asked for. */
export function CodeField({ value, change }: { readonly value: string; readonly change: (code: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <TextInput
      ref={field}
      label={say('sign-in.code')}
      autoComplete="one-time-code"
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      required
      mt="sm"
    />
  )
}
