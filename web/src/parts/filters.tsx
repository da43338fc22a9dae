import { Button, NativeSelect } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { plain, say } from '../words/words.ts'
import { useGo } from './go.ts'
import { InstantFilter } from './instant-filter.tsx'
import type { KnownSet } from './known-values.ts'
import { TextFilter } from './text-filter.tsx'

/** A filter of a list. `name` is the parameter of the API and of the URL. */
export interface FilterField<Row = never> {
  readonly name: string
  readonly title: string
  /** All that there are: one is chosen. Without them it is text. */
  readonly values?: readonly string[]
  /** Text of which the hub knows some: they are proposed. */
  readonly known?: KnownSet
  /** What rows that are here have of it: proposed, too. */
  readonly seen?: (row: Row) => string | readonly string[] | undefined
  /** A moment: people choose it in their zone, the URL has it as RFC 3339. */
  readonly isInstant?: true
  /** What people read instead of a value. */
  readonly shown?: (value: string) => string
  /** Seldom needed: shown to whoever asks for more, and while it is in force. */
  readonly isExtra?: true
}

type Wanted = Readonly<Record<string, string>>

/** The filters of this list as the URL has them: a link shows a colleague the same. */
export function useFilters(
  fields: readonly Pick<FilterField, 'name'>[],
): readonly [Wanted, (name: string, value: string) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const go = useGo()
  const wanted = Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = search[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
  const want = (name: string, value: string): void => {
    const isFilter = (key: string): boolean => fields.some((field) => field.name === key)
    const next = new Map(Object.entries(search).map(([key, one]) => [key, String(one)]))
    if (name === '') for (const key of next.keys()) if (isFilter(key)) next.delete(key)
    if (value === '') next.delete(name)
    else next.set(name, value)
    // Columns and order of the list stay as they are.
    go({ page: '.', search: Object.fromEntries(next), replaces: true })
  }
  return [wanted, want]
}

interface FiltersProps<Row> {
  readonly fields: readonly FilterField<Row>[]
  readonly wanted: Wanted
  readonly want: (name: string, value: string) => void
  /** Rows that are here. */
  readonly rows?: readonly Row[]
}

/** The fields of the filters; `Enter` or leaving a field applies it. */
export function Filters<Row>({ fields, wanted, want, rows = [] }: FiltersProps<Row>) {
  const [isMore, more] = useState(false)
  if (fields.length === 0) return null
  const shown = fields.filter(({ name, isExtra }) => isMore || isExtra !== true || wanted[name] !== undefined)
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      {shown.map((field) => (
        <Filter key={field.name} {...{ field, wanted, want, rows }} />
      ))}
      {fields.some(({ isExtra }) => isExtra) ? (
        <Button variant="default" aria-expanded={isMore} onClick={() => more(!isMore)}>
          {say(isMore ? 'list.fewer' : 'list.moreFilters')}
        </Button>
      ) : null}
      {Object.keys(wanted).length === 0 ? null : (
        <Button variant="default" onClick={() => want('', '')}>
          {say('list.clear')}
        </Button>
      )}
    </form>
  )
}

interface FilterProps<Row> extends Omit<FiltersProps<Row>, 'fields'> {
  readonly field: FilterField<Row>
}

function Filter<Row>({ field, wanted, want, rows = [] }: FilterProps<Row>) {
  const { name, title, values, known, isInstant } = field
  const value = wanted[name] ?? ''
  const [proposed] = useState(() => new Set<string>())
  // A list that is filtered shows one value only: those that it has shown before are still proposed.
  for (const one of seenIn(rows, field)) if (one !== '' && proposed.size < proposedMost) proposed.add(one)
  const apply = (next: string): void => {
    if (next !== value) want(name, next)
  }
  if (values !== undefined)
    return (
      <NativeSelect
        label={title}
        value={value}
        data={choices(field, value)}
        onChange={(event) => apply(event.currentTarget.value)}
      />
    )
  return isInstant === true ? (
    <InstantFilter key={value} {...{ title, value, apply }} />
  ) : (
    <TextFilter {...{ title, value, apply, known }} seen={proposed} />
  )
}

/** What can be chosen; what the URL asks for is among it, though nobody knows it: otherwise nobody would see why the list is empty. */
function choices<Row>({ values = [], shown }: FilterField<Row>, value: string) {
  const all = value === '' || values.includes(value) ? values : [...values, value]
  return [{ value: '', label: '–' }, ...all.map((one) => ({ value: one, label: shown?.(one) ?? plain(one) }))]
}

/** More values than that are nothing to choose from. */
const proposedMost = 300
/** Rows are many, values of a filter few. */
const looked = 1000

function seenIn<Row>(rows: readonly Row[], { seen }: FilterField<Row>): readonly string[] {
  return seen === undefined ? [] : rows.slice(0, looked).flatMap((row) => seen(row) ?? [])
}
