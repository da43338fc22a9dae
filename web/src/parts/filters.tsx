import { Button, NativeSelect } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
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
  if (fields.length === 0) return null
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      {fields.map((field) => {
        const value = wanted[field.name] ?? ''
        const apply = (next: string): void => {
          if (next !== value) want(field.name, next)
        }
        const { name, title } = field
        if (field.values !== undefined)
          return (
            <NativeSelect
              key={name}
              label={title}
              value={value}
              data={choices(field, value)}
              onChange={(event) => apply(event.currentTarget.value)}
            />
          )
        // Drawn anew when the URL has another value: a field that somebody types in keeps its text meanwhile.
        const key = `${name} ${value}`
        return field.isInstant === true ? (
          <InstantFilter key={key} {...{ title, value, apply }} />
        ) : (
          <TextFilter key={key} {...{ name, title, value, apply }} known={field.known} seen={seenIn(rows, field)} />
        )
      })}
      {Object.keys(wanted).length === 0 ? null : (
        <Button variant="default" onClick={() => want('', '')}>
          {say('list.clear')}
        </Button>
      )}
    </form>
  )
}

/** What can be chosen; what the URL asks for is among it, though nobody knows it: otherwise nobody would see why the list is empty. */
function choices<Row>({ values = [], shown }: FilterField<Row>, value: string) {
  const all = value === '' || values.includes(value) ? values : [...values, value]
  return [{ value: '', label: '–' }, ...all.map((one) => ({ value: one, label: shown?.(one) ?? plain(one) }))]
}

/** Rows are many, values of a filter few. */
const looked = 1000

function seenIn<Row>(rows: readonly Row[], { seen }: FilterField<Row>): readonly string[] {
  return seen === undefined ? [] : rows.slice(0, looked).flatMap((row) => seen(row) ?? [])
}
