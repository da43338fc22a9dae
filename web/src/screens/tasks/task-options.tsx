import { Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { plain } from '../../words/words.ts'
import { say } from './task.words.ts'

/** One thing that could be done, as a process offers it with its question. */
interface Option {
  readonly way: string
  readonly line: string
  readonly item: string
  readonly quantity: string
  readonly uom: string
  readonly location: string
  readonly free: string
  readonly agreed: string
  readonly price: string
}

const names = ['way', 'line', 'item', 'quantity', 'uom', 'location', 'free', 'agreed', 'price'] as const

/** What could be shipped instead of goods that were not found, with the stock of each. Nothing where a task offers none. */
export function TaskOptions({ evidence }: { readonly evidence: Readonly<Record<string, unknown>> }) {
  const { options } = evidence
  if (!Array.isArray(options) || !options.every(isOption)) return null
  return (
    <Section title={say('options')}>
      <Rows<Option>
        title={say('options')}
        empty={say('options.none')}
        rows={options.map(optionOf)}
        rowKey={({ line, way, item, location }) => `${line} ${way} ${item} ${location}`}
        columns={[
          { id: 'way', title: say('way'), cell: ({ way }) => plain(way) },
          { id: 'line', title: say('line'), cell: ({ line }) => line },
          { id: 'item', title: say('item'), cell: ({ item }) => item },
          { id: 'quantity', title: say('quantity'), cell: ({ quantity, uom }) => `${quantity} ${uom}` },
          { id: 'location', title: say('location'), cell: ({ location }) => location },
          { id: 'free', title: say('free'), cell: ({ free }) => free },
          { id: 'agreed', title: say('agreed'), cell: ({ agreed }) => plain(agreed) },
          { id: 'price', title: say('price'), cell: ({ price }) => plain(price) },
        ]}
      />
    </Section>
  )
}

function isOption(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'way' in value && 'item' in value
}

function optionOf(value: Readonly<Record<string, unknown>>): Option {
  const texts = names.map((name) => [name, typeof value[name] === 'string' ? value[name] : ''])
  return Object.fromEntries(texts) as Readonly<Record<(typeof names)[number], string>>
}
