import { Button, FileInput, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { forPartner } from '../../words/partner.ts'
import { base64Of } from './base64.ts'
import { Examples, type Sample } from './examples.tsx'
import { say } from './portal.words.ts'

/** Media types by the ending of a file; what is not here is JSON. */
const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  edi: 'application/edi-x12',
  x12: 'application/edi-x12',
  edifact: 'application/edifact',
  txt: 'text/plain',
}

/** A document is tried, and each rule says what it finds; nothing comes of it. */
export function Trial({ connections, partner }: { readonly connections: readonly string[]; readonly partner: string }) {
  const [connection, setConnection] = useState(connections[0] ?? '')
  const [file, setFile] = useState<File | null>(null)
  const queries = useQueryClient()
  const attempt = useMutation({
    mutationFn: async (sample?: Sample) => {
      const body = sample ?? {
        content: await base64Of(file),
        contentType: types[file?.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/json',
      }
      return answered(hub.POST('/v1/connections/{connection}/trials', { params: { path: { connection } }, body }))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['standing', partner] }),
  })
  return (
    <Section title={say('try')}>
      <p>{say('tryAbout')}</p>
      <form
        className="filters"
        aria-label={say('try')}
        onSubmit={(event) => {
          event.preventDefault()
          attempt.mutate(undefined)
        }}
      >
        <NativeSelect
          label={say('connection')}
          data={[...connections]}
          value={connection}
          onChange={(event) => {
            setConnection(event.currentTarget.value)
            attempt.reset()
          }}
        />
        <FileInput label={say('file')} placeholder={say('choose')} value={file} onChange={setFile} required />
        <Button type="submit" disabled={file === null} loading={attempt.isPending}>
          {say('tryIt')}
        </Button>
      </form>
      {attempt.error === null ? null : <Refusal error={attempt.error} />}
      <div role="status">
        {attempt.data === undefined ? null : (
          <p>
            <strong>{say(attempt.data.passed ? 'allPassed' : 'notPassed')}</strong>
          </p>
        )}
      </div>
      {attempt.data === undefined ? null : <Rules rows={attempt.data.rules} />}
      <Examples connection={connection} isBusy={attempt.isPending} onTry={(sample) => attempt.mutate(sample)} />
    </Section>
  )
}

interface Rule {
  readonly rule: string
  readonly result: string
  readonly detail: string
  readonly place?: string
  readonly expected?: string
  readonly example?: string
  readonly nextAction?: string
}

const tones = { passed: 'good', failed: 'bad', skipped: 'plain' } as const

function Rules({ rows }: { readonly rows: readonly Rule[] }) {
  return (
    <ul className="plain-list" aria-label={say('rules')}>
      {rows.map(({ rule, result, detail, place, expected, example, nextAction }, index) => (
        <li key={`${rule} ${index.toString()}`}>
          <Status code={say(result as 'passed')} tone={tones[result as 'passed']} />{' '}
          <strong>{say(`rule.${rule}` as 'rule.size')}</strong> {forPartner(detail)}
          {place === undefined ? null : <div>{say('place', { place: forPartner(place) })}</div>}
          {expected === undefined ? null : <div>{say('expected', { expected: forPartner(expected) })}</div>}
          {example === undefined ? null : (
            <div>
              {say('thus')} <code>{example}</code>
            </div>
          )}
          {nextAction === undefined ? null : <em>{forPartner(nextAction)}</em>}
        </li>
      ))}
    </ul>
  )
}
