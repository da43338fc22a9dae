import { memberName } from '../words/member-name.ts'
import { wording } from '../words/words.ts'
import { called } from './called.ts'
import { Facts, Raw } from './facts.tsx'
import { Lines } from './lines.tsx'
import { Value } from './value.tsx'

const say = wording({
  en: { none: 'Nothing is known.', raw: 'As data' },
  de: { none: 'Nichts ist bekannt.', raw: 'Als Daten' },
})

interface KnownProps {
  readonly data: unknown
  /** What it is, for whoever listens. */
  readonly label: string
}

/** What systems said, for people: names and values, lists as tables, instants and numbers of objects as such. The data stays at hand. */
export function Known({ data, label }: KnownProps) {
  if (!isRecord(data)) return <Raw data={data} label={label} />
  const members = Object.entries(data).filter(([, value]) => isSaid(value))
  return (
    <>
      {members.length === 0 ? <p>{say('none')}</p> : <Members of={members} depth={0} />}
      <details>
        <summary>{say('raw')}</summary>
        <Raw data={data} label={label} />
      </details>
    </>
  )
}

/** What is simple comes first; what has parts stands below, under its name. */
function Members({ of, depth }: { readonly of: readonly (readonly [string, unknown])[]; readonly depth: number }) {
  const simple = of.filter(([, value]) => isSimple(value))
  const rest = of.filter(([, value]) => !isSimple(value))
  return (
    <>
      <Facts rows={simple.map(([name, value]) => [memberName(name), <Value key={name} name={name} value={value} />])} />
      {rest.map(([name, value]) => (
        <div key={name} className="part">
          <div className="part-name">{partName(name, value)}</div>
          <Part name={name} value={value} depth={depth + 1} />
        </div>
      ))}
    </>
  )
}

/** Parts that are kept by the hub's id of an object go by the number that people know it by. */
function partName(name: string, value: unknown): string {
  const [id] = objectKey.exec(name) ?? []
  if (id === undefined) return memberName(name)
  const number = isRecord(value) && typeof value['number'] === 'string' ? value['number'] : ''
  return called(number, id)
}

const objectKey = /^[a-z]{3}_[0-9A-Za-z]{20,}/

function Part({ name, value, depth }: { readonly name: string; readonly value: unknown; readonly depth: number }) {
  if (Array.isArray(value)) return <Lines lines={value} label={memberName(name)} />
  if (!isRecord(value) || depth > deepest) return <Raw data={value} label={memberName(name)} />
  return <Members of={Object.entries(value).filter(([, one]) => isSaid(one))} depth={depth} />
}

/** Deeper than that, names do not help anybody. */
const deepest = 4

function isSimple(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one !== 'object')
  return !isRecord(value) || isMeasure(value)
}

function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isRecord(value) ? Object.values(value).some(isSaid) : value !== undefined && value !== null && value !== ''
}

function isMeasure(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).length === 2 && ('amount' in value || 'value' in value || 'quantity' in value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
