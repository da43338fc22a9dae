import { Button, Group, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { say } from '../words/words.ts'

interface WithReasonProps {
  readonly word: string
  /** What the last press says: what will happen, and to whom. */
  readonly really: string
  readonly isBusy: boolean
  readonly act: (reason: string) => void
}

/** Least and most characters of a reason, as the hub takes them. */
const [least, most] = [3, 500]

/** A button for what cannot simply be undone: it asks for the reason, which the audit keeps, and only then does it. */
export function WithReason({ word, really, isBusy, act }: WithReasonProps) {
  const [isAsked, setAsked] = useState(false)
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isAsked) field.current?.focus()
  }, [isAsked])
  if (!isAsked)
    return (
      <Button size="compact-xs" variant="default" onClick={() => setAsked(true)}>
        {word}
      </Button>
    )
  return (
    <form
      aria-label={word}
      onSubmit={(event) => {
        event.preventDefault()
        act(reason.trim())
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setAsked(false)
      }}
    >
      <TextInput
        ref={field}
        label={say('task.reason')}
        description={say('task.reason.needed')}
        required
        minLength={least}
        maxLength={most}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group mt="xs">
        <Button size="xs" type="submit" color="red.9" disabled={reason.trim().length < least} loading={isBusy}>
          {really}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsked(false)}>
          {say('common.cancel')}
        </Button>
      </Group>
    </form>
  )
}
