import { useSearch } from '@tanstack/react-router'
import { useGo } from './go.ts'

/** The order of a list that somebody chose. */
export interface Sort {
  readonly column: string
  readonly isDescending: boolean
}

/** How a list is looked at, as the address has it: a link shows a colleague the same. */
export interface View {
  readonly columns: readonly string[] | undefined
  readonly sort: Sort | undefined
  readonly isDense: boolean
  readonly change: (changes: {
    readonly columns?: readonly string[]
    readonly sort?: Sort | undefined
    readonly isDense?: boolean
  }) => void
}

/** `name` tells the lists of one page apart; the only one has none. */
export function useView(name: string | undefined): View {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const go = useGo()
  const parameter = (of: string): string => (name === undefined ? of : `${name}.${of}`)
  const read = (of: string): string => {
    const value = search[parameter(of)]
    return typeof value === 'string' ? value : ''
  }
  const [columns, sort] = [read('columns'), read('sort')]
  return {
    columns: columns === '' ? undefined : columns.split(','),
    sort: sort === '' ? undefined : { column: sort.replace(/^-/, ''), isDescending: sort.startsWith('-') },
    isDense: read('density') === 'compact',
    change: (changes) => {
      const next = new Map(Object.entries(search).map(([key, value]) => [key, String(value)]))
      const put = (of: string, value: string): void => {
        if (value === '') next.delete(parameter(of))
        else next.set(parameter(of), value)
      }
      if ('columns' in changes) put('columns', (changes.columns ?? []).join(','))
      if ('sort' in changes)
        put('sort', changes.sort === undefined ? '' : `${changes.sort.isDescending ? '-' : ''}${changes.sort.column}`)
      if ('isDense' in changes) put('density', changes.isDense ? 'compact' : '')
      go({ page: '.', search: Object.fromEntries(next), replaces: true })
    },
  }
}
