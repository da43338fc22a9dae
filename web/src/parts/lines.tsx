import { memberName } from '../words/member-name.ts'
import { Raw } from './facts.tsx'
import { Rows } from './rows.tsx'
import { Value } from './value.tsx'

interface Line {
  readonly key: string
  readonly row: Readonly<Record<string, unknown>>
}

/** Lines of a document as a table: a column for each member that any line has. */
export function Lines({ lines, label }: { readonly lines: readonly unknown[]; readonly label: string }) {
  const rows = lines.filter((line): line is Record<string, unknown> => typeof line === 'object' && line !== null)
  if (rows.length === 0 || rows.length < lines.length) return <Raw data={lines} label={label} />
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return (
    <Rows
      title={label}
      rows={rows.map((row, index): Line => ({ row, key: `${index} ${String(row['line'])}` }))}
      rowKey={({ key }) => key}
      columns={names.map((name) => ({
        id: name,
        title: memberName(name),
        cell: ({ row }: Line) => <Value value={row[name]} name={name} />,
      }))}
    />
  )
}
