import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Chart } from '../../parts/chart.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { When } from '../../parts/when.tsx'
import { say } from './words.ts'

const shownMost = 30

/** What came and went over the last hours, as it was sampled every minute: a line, and the newest of it as a table. */
export function Through() {
  const query = useQuery({
    queryKey: ['/v1/flow/history'],
    queryFn: () => answered(hub.GET('/v1/flow/history')),
    refetchInterval: 60_000,
  })
  return (
    <Section title={say('through')}>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('none')}</p>
          ) : (
            <>
              <Line rows={data} />
              <details>
                <summary>{say('twin')}</summary>
                <Table rows={data.slice(-shownMost).toReversed()} />
              </details>
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

interface RowsProps {
  readonly rows: readonly {
    readonly at: string
    readonly accepted: number
    readonly sent: number
    readonly failed: number
  }[]
}

function Line({ rows }: RowsProps) {
  const times = useMemo(() => rows.map(({ at }) => Date.parse(at) / 1000), [rows])
  const values = useMemo(() => rows.map(({ accepted }) => accepted), [rows])
  return <Chart times={times} values={values} label={say('accepted')} />
}

/** The line in figures: a table of fixed facts, no list. Its rows are minutes one after the other. */
function Table({ rows }: RowsProps) {
  return (
    <table className="plain-table" aria-label={say('through')}>
      <thead>
        <tr>
          <th scope="col">{say('at')}</th>
          <th scope="col">{say('accepted')}</th>
          <th scope="col">{say('sent')}</th>
          <th scope="col">{say('failed')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, accepted, sent, failed }) => (
          <tr key={at}>
            <td>
              <When at={at} />
            </td>
            <td>{accepted}</td>
            <td>{sent}</td>
            <td>{failed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
