import { plain } from '../words/words.ts'
import { Raw } from './facts.tsx'

/** Lines of a document as a table: a column for each member that any line has. What is no text or number stays as it is. */
export function Lines({ lines, label }: { readonly lines: readonly unknown[]; readonly label: string }) {
  const rows = lines.filter((line): line is Record<string, unknown> => typeof line === 'object' && line !== null)
  if (rows.length === 0 || rows.length < lines.length) return <Raw data={lines} label={label} />
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return (
    <div className="board" tabIndex={0} role="region" aria-label={label}>
      <table aria-label={label}>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {plain(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')).toLowerCase()}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${index} ${text(row['line'])}`}>
              {names.map((name) => (
                <td key={name}>{text(row[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function text(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}
