import { TextInput } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import { type KnownSet, useKnown } from './known-values.ts'

interface TextFilterProps {
  readonly title: string
  readonly value: string
  readonly apply: (value: string) => void
  readonly known: KnownSet | undefined
  /** Values that rows have: proposed with those that are known. */
  readonly seen: ReadonlySet<string>
}

/** More are not proposed: whoever types gets the ones that fit. */
const proposedMost = 300

/** Text that a list is filtered by. What the hub knows is proposed; anything may be typed, and stays visible. */
export function TextFilter({ title, value, apply, known, seen }: TextFilterProps) {
  const list = useId()
  const field = useRef<HTMLInputElement>(null)
  // The URL may change by itself, by a view that was kept; whoever types keeps text and focus meanwhile.
  useEffect(() => {
    if (field.current !== null && field.current.value.trim() !== value) field.current.value = value
  }, [value])
  const names = useKnown(known)
  const proposed = [...new Set([...names.keys(), ...seen])].slice(0, proposedMost).toSorted()
  const isProposing = known !== undefined || proposed.length > 0
  return (
    <>
      <TextInput
        ref={field}
        label={title}
        defaultValue={value}
        maxLength={200}
        {...(isProposing ? { list, autoComplete: 'off' } : {})}
        onBlur={(event) => apply(event.currentTarget.value.trim())}
        onInput={(event) => {
          // Whoever picks what is proposed has chosen; whoever types goes on.
          const { inputType } = event.nativeEvent as InputEvent
          if (inputType === undefined || inputType === 'insertReplacementText') apply(event.currentTarget.value.trim())
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply(event.currentTarget.value.trim())
        }}
      />
      {isProposing ? (
        <datalist id={list}>
          {proposed.map((one) => (
            <option key={one} value={one}>
              {names.get(one) ?? ''}
            </option>
          ))}
        </datalist>
      ) : null}
    </>
  )
}
