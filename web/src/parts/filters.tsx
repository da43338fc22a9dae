import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { plain, say } from '../words/words.ts'
import { useGo } from './go.ts'

/** A filter of a list: text, or one of some values. `name` is the parameter of the API and of the URL. */
export interface FilterField {
  readonly name: string
  readonly title: string
  readonly values?: readonly string[]
  /** What people read instead of a value. */
  readonly shown?: (value: string) => string
}

type Wanted = Readonly<Record<string, string>>

/** The filters of this list as the URL has them: a link shows a colleague the same. */
export function useFilters(fields: readonly FilterField[]): readonly [Wanted, (name: string, value: string) => void] {
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

interface FiltersProps {
  readonly fields: readonly FilterField[]
  readonly wanted: Wanted
  readonly want: (name: string, value: string) => void
}

/** The fields of the filters; `Enter` or leaving a field applies it. */
export function Filters({ fields, wanted, want }: FiltersProps) {
  if (fields.length === 0) return null
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      {fields.map((field) =>
        field.values === undefined ? (
          <TextFilter key={`${field.name} ${wanted[field.name] ?? ''}`} field={field} wanted={wanted} want={want} />
        ) : (
          <NativeSelect
            key={field.name}
            label={field.title}
            value={wanted[field.name] ?? ''}
            data={[
              { value: '', label: '–' },
              ...field.values.map((value) => ({ value, label: field.shown?.(value) ?? plain(value) })),
            ]}
            onChange={(event) => want(field.name, event.currentTarget.value)}
          />
        ),
      )}
      {Object.keys(wanted).length === 0 ? null : (
        <Button variant="default" onClick={() => want('', '')}>
          {say('list.clear')}
        </Button>
      )}
    </form>
  )
}

function TextFilter({ field, wanted, want }: Omit<FiltersProps, 'fields'> & { readonly field: FilterField }) {
  const known = wanted[field.name] ?? ''
  const apply = (value: string): void => {
    if (value.trim() !== known) want(field.name, value.trim())
  }
  return (
    <TextInput
      label={field.title}
      defaultValue={known}
      maxLength={200}
      onBlur={(event) => apply(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(event.currentTarget.value)
      }}
    />
  )
}
