import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import { say } from './exceptions.words.ts'

const ages = ['hour', 'day', 'week', 'older'] as const

/** How many are open of each kind, by how long: as the filters of the list say. */
export function ExceptionAges({ wanted }: { readonly wanted: Readonly<Record<string, string>> }) {
  const { sort: _, ...query } = wanted
  const read = useQuery({
    queryKey: ['/v1/exceptions', 'ages', query],
    queryFn: () => answered(hub.GET('/v1/exceptions/ages', { params: { query } } as never)) as Promise<Ages>,
    refetchInterval: 15_000,
  })
  return (
    <Section title={say('ages')}>
      <Loaded query={read}>
        {({ data }) => (data.length === 0 ? <p>{say('none')}</p> : <Table data={data} wanted={query} />)}
      </Loaded>
    </Section>
  )
}

interface TableProps extends Ages {
  readonly wanted: Readonly<Record<string, string>>
}

interface Ages {
  readonly data: readonly {
    readonly kind: string
    readonly age: (typeof ages)[number]
    readonly open: number
    readonly free: number
    readonly oldest: string
  }[]
}

/** A table of fixed facts, no list: a few kinds by four ages, counted by the hub. The list beneath is the one that `j` and `k` lead into. */
function Table({ data, wanted }: TableProps) {
  const kinds = [...new Set(data.map(({ kind }) => kind))]
  const sum = (kind: string, of: 'free' | 'open', bucket?: string): number =>
    data
      .filter((row) => row.kind === kind && (bucket === undefined || row.age === bucket))
      .reduce((all, row) => all + row[of], 0)
  const oldest = (kind: string): string =>
    data
      .filter((row) => row.kind === kind)
      .map((row) => row.oldest)
      .toSorted()[0] ?? ''
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={say('ages')}>
      <table className="plain-table" aria-label={say('ages')}>
        <thead>
          <tr>
            <th scope="col">{say('kind')}</th>
            {ages.map((one) => (
              <th key={one} scope="col">
                {say(`age.${one}`)}
              </th>
            ))}
            <th scope="col">{say('open')}</th>
            <th scope="col">{say('free')}</th>
            <th scope="col">{say('oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <td>
                <To page="/exceptions" search={{ ...wanted, kind }}>
                  {plain(kind)}
                </To>
              </td>
              {ages.map((one) => (
                <td key={one}>{sum(kind, 'open', one)}</td>
              ))}
              <td>{sum(kind, 'open')}</td>
              <td>{sum(kind, 'free')}</td>
              <td>
                <When at={oldest(kind)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
