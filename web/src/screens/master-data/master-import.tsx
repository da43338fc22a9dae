import { Button, Group, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { plain } from '../../words/words.ts'
import { cellsOf } from './cells.ts'
import { say } from './master-data.words.ts'

/** Rows of a file: first what would become of each, then the writing. */
export function MasterImport({ kind }: { readonly kind: string }) {
  const [text, setText] = useState('')
  const queries = useQueryClient()
  const send = (dryRun: boolean) => {
    const body = { ...sentOf(text), dryRun }
    return answered(hub.POST('/v1/master-data/{kind}/import', { params: { path: { kind } }, body }))
  }
  const preview = useMutation({ mutationFn: async () => send(true) })
  const write = useMutation({
    mutationFn: async () => send(false),
    onSuccess: async () => {
      preview.reset()
      setText('')
      await queries.invalidateQueries({ queryKey: ['/v1/master-data/{kind}'] })
      await queries.invalidateQueries({ queryKey: ['unknown-codes'] })
    },
  })
  const seen = preview.data
  return (
    <Section title={say('import')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          write.reset()
          preview.mutate()
        }}
      >
        <Textarea
          label={say('import.rows')}
          description={say('import.about')}
          required
          autosize
          minRows={4}
          maxRows={20}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            preview.reset()
          }}
        />
        <Group mt="sm">
          <Button type="submit" variant="default" loading={preview.isPending}>
            {say('preview')}
          </Button>
          {seen === undefined || seen.created + seen.changed === 0 ? null : (
            <Button loading={write.isPending} onClick={() => write.mutate()}>
              {say('write', { count: seen.created + seen.changed })}
            </Button>
          )}
        </Group>
      </form>
      {[preview.error, write.error].map((error) =>
        error === null ? null : <Refusal key={error.message} error={error} />,
      )}
      {write.data === undefined ? null : <p role="status">{say('written', counts(write.data))}</p>}
      {seen === undefined ? null : (
        <>
          <p role="status">{say('counts', counts(seen))}</p>
          <ol className="plain-list">
            {seen.rows.map(({ key = '', outcome, problem = '' }, index) => (
              <li key={`${index} ${key}`} value={index + 1}>
                {say('row')} {index + 1}: {key} {plain(outcome)} {problem}
              </li>
            ))}
          </ol>
        </>
      )}
    </Section>
  )
}

interface Counts {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
}

function counts({ created, changed, unchanged, refused }: Counts): Record<keyof Counts, number> {
  return { created, changed, unchanged, refused }
}

/** As the hub takes it: rows as such, or cells. What they mean it says itself. */
function sentOf(text: string): { rows: unknown[] } | { table: string[][] } {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed.startsWith('[')) {
    const rows: unknown = JSON.parse(trimmed)
    if (Array.isArray(rows)) return { rows }
  }
  const table = cellsOf(trimmed)
  if (table.length < 2) throw new Error(say('unreadable'))
  return { table }
}
