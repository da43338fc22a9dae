import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Board } from '../../parts/board.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { ErasurePreview } from './erasure-preview.tsx'
import { type PersonAsked, PersonField } from './person-field.tsx'
import { say } from './privacy.words.ts'

/** What is kept about one person: all of it as a file, and its end. */
export function Privacy() {
  const [person, setPerson] = useState<PersonAsked>({ email: '' })
  const preview = useMutation({
    mutationFn: () => answered(hub.POST('/v1/privacy/previews', { body: { person } })),
  })
  const change = (one: PersonAsked): void => {
    setPerson(one)
    preview.reset()
  }
  return (
    <Page title={say('title')}>
      <Section title={say('find')}>
        <p>{say('about')}</p>
        <form
          className="filters"
          onSubmit={(event) => {
            event.preventDefault()
            preview.mutate()
          }}
        >
          <PersonField value={person} change={change} />
          <Group>
            <Button type="submit" loading={preview.isPending}>
              {say('look')}
            </Button>
            <Export person={person} />
          </Group>
        </form>
        {preview.error === null ? null : <Refusal error={preview.error} />}
      </Section>
      {preview.data === undefined ? null : <ErasurePreview person={person} found={preview.data} />}
      <Erasures />
    </Page>
  )
}

function Export({ person }: { readonly person: PersonAsked }) {
  const write = useMutation({
    mutationFn: async () => {
      const found = await answered(hub.POST('/v1/privacy/exports', { body: { person } }))
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([JSON.stringify(found, null, 2)], { type: 'application/json' }))
      link.download = 'person.json'
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
      const { objects, facts, messages, records, isComplete } = found
      const counts = {
        objects: objects.length,
        facts: facts.length,
        messages: messages.length,
        records: records.length,
      }
      return { counts, isComplete }
    },
  })
  return (
    <>
      <Button variant="default" loading={write.isPending} onClick={() => write.mutate()}>
        {say('export')}
      </Button>
      <div aria-live="polite">
        {write.data === undefined ? null : say('exported', write.data.counts)}{' '}
        {write.data?.isComplete === false ? say('partial') : null}
      </div>
      {write.error === null ? null : <Refusal error={write.error} />}
    </>
  )
}

function Erasures() {
  return (
    <Board
      path="/v1/privacy/erasures"
      title={say('erasures')}
      empty={say('none')}
      rowKey={({ id }) => id}
      columns={[
        { id: 'id', title: say('erasures'), cell: ({ id }) => <code>{id}</code> },
        {
          id: 'state',
          title: say('state'),
          cell: ({ state }) => <Status code={say(state === 'done' || state === 'cancelled' ? state : 'running')} />,
        },
        { id: 'why', title: say('why'), cell: ({ reason }) => reason },
        { id: 'who', title: say('who'), cell: ({ by }) => by },
        { id: 'objects', title: say('objects'), cell: ({ objects }) => objects },
        { id: 'when', title: say('when'), cell: ({ begunAt }) => <When at={begunAt} /> },
      ]}
    />
  )
}
