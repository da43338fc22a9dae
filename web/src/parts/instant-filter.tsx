import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { fieldOf, instantOf } from './zone.ts'

interface InstantFilterProps {
  readonly title: string
  /** RFC 3339; empty: none is asked for. */
  readonly value: string
  readonly apply: (value: string) => void
}

/** A moment that a list is filtered by, in the zone in which times are shown. What the URL has and no clock shows stays as text. */
export function InstantFilter({ title, value, apply }: InstantFilterProps) {
  const shown = fieldOf(value)
  const isReadable = value === '' || shown !== ''
  const [typed, type] = useState(isReadable ? shown : value)
  const done = (): void => {
    if (typed === '') apply('')
    else if (!isReadable) apply(typed.trim())
    else if (typed !== shown) apply(instantOf(typed))
  }
  return (
    <TextInput
      type={isReadable ? 'datetime-local' : 'text'}
      label={title}
      value={typed}
      maxLength={40}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done()
      }}
    />
  )
}
