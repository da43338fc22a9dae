import type { ReactNode } from 'react'

/** Names and values; what has no value is not shown. */
export function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <FactRow key={name} name={name} value={value} />
        ))}
    </dl>
  )
}

function FactRow({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

/** Data as it is. Text only: whatever somebody sent stays text. */
export function Raw({ data, label }: { readonly data: unknown; readonly label: string }) {
  return (
    <pre className="raw" tabIndex={0} role="region" aria-label={label}>
      {JSON.stringify(data, null, 2)}
    </pre>
  )
}
