import { Button } from '@mantine/core'
import { useState } from 'react'
import type { paths } from '../../api/schema.ts'
import { Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { say } from './words.ts'

type Setting = paths['/v1/system']['get']['responses']['200']['content']['application/json']['settings'][number]

/** The settings in force; first only those that somebody has set. */
export function Settings({ of }: { readonly of: readonly Setting[] }) {
  const [isWhole, setWhole] = useState(false)
  const changed = of.filter(({ isDefault }) => !isDefault)
  return (
    <Section title={say('settings')}>
      <p>
        {say('changed', { count: changed.length, all: of.length })}{' '}
        <Button size="xs" variant="default" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
          {say(isWhole ? 'fewer' : 'all')}
        </Button>
      </p>
      <Rows
        title={say('settings')}
        empty={say('none')}
        rows={isWhole ? of : changed}
        rowKey={({ name }) => name}
        columns={[
          { id: 'setting', title: say('setting'), cell: ({ name }) => <code>{name}</code> },
          { id: 'value', title: say('value'), cell: ({ value }) => value },
          { id: 'about', title: say('about'), cell: ({ about }) => about },
        ]}
      />
    </Section>
  )
}
