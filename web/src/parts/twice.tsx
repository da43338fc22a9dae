import { Button } from '@mantine/core'
import { useState } from 'react'

interface TwiceProps {
  readonly word: string
  /** What the second press says: what will happen. */
  readonly really: string
  readonly isBusy: boolean
  readonly act: () => void
}

/** A button for what cannot be undone: the second press does it, unless it is the other half of a double click. */
export function Twice({ word, really, isBusy, act }: TwiceProps) {
  const [isAsked, setAsked] = useState(false)
  return (
    <Button
      size="xs"
      variant={isAsked ? 'filled' : 'default'}
      {...(isAsked ? { color: 'red.9' } : {})}
      loading={isBusy}
      onBlur={() => setAsked(false)}
      onClick={({ detail }) => {
        if (detail > 1) return
        setAsked(!isAsked)
        if (isAsked) act()
      }}
    >
      {isAsked ? really : word}
    </Button>
  )
}
