import { hubSays } from '../words/hub-says.ts'
import { memberName } from '../words/member-name.ts'
import { codeName, wording } from '../words/words.ts'
import { pageOf } from './subject.ts'
import { To } from './to.tsx'
import { When } from './when.tsx'

const say = wording({ en: { yes: 'yes', no: 'no' }, de: { yes: 'ja', no: 'nein' } })

interface ValueProps {
  readonly value: unknown
  /** The member that says it. */
  readonly name?: string
}

/** One value as people read it: an instant in their zone, an object as a link, an amount with its currency or unit, a code of the hub as words. */
export function Value({ value, name = '' }: ValueProps) {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return <>{say(value ? 'yes' : 'no')}</>
  if (typeof value === 'string') return <Text text={value} isCode={coded.has(name)} />
  // As it was said, like decimals that came as text: a separator of thousands beside those would be taken for a decimal point.
  if (typeof value === 'number') return <>{String(value)}</>
  if (Array.isArray(value))
    return value.map((one, index) => (
      <span key={`${index} ${String(one)}`}>
        {index === 0 ? '' : ', '}
        <Value value={one} name={name} />
      </span>
    ))
  return <>{inWords(value as Readonly<Record<string, unknown>>)}</>
}

/** Members that say codes of the hub. What a system has words of its own for stays as it is. */
const coded: ReadonlySet<string> = new Set(
  'against charge code condition disposition grade kind outcome owner proofs state status type way'.split(' '),
)

/** Amounts are decimals of any length: they are shown as they were said, never counted with. */
function inWords(value: Readonly<Record<string, unknown>>): string {
  const { amount, currency, quantity, uom, unit, ...rest } = value
  if (Object.keys(rest).length === 0) return [amount, currency, quantity, uom, unit].filter(Boolean).join(' ')
  return Object.entries(value)
    .map(([name, one]) => {
      const said = coded.has(name) ? codeName(String(one)) : String(one)
      return `${memberName(name)}: ${isRecord(one) ? inWords(one) : said}`
    })
    .join(', ')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function Text({ text, isCode }: { readonly text: string; readonly isCode: boolean }) {
  if (instant.test(text)) return <When at={text} />
  const page = objectId.test(text) ? pageOf(text) : undefined
  // What the hub says of it may be a sentence; single words are codes, and numbers of others.
  if (page === undefined) return <>{text.includes(' ') ? hubSays(text) : isCode ? codeName(text) : text}</>
  return (
    <To page={page} id={text}>
      {text}
    </To>
  )
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const objectId = /^[a-z]{3}_[0-9A-Za-z]{1,56}$/
