import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { say as frame } from '../../words/words.ts'
import { say } from './exceptions.words.ts'

interface ActsProps {
  readonly selected: ReadonlySet<string>
  readonly select: (ids: ReadonlySet<string>) => void
  /** What a key asked for, until it is settled. */
  readonly pressed: { readonly key: 'a' | 'e'; readonly ids: readonly string[] } | undefined
  readonly settled: () => void
}

type Action = 'acknowledge' | 'release' | 'take'
interface Order {
  readonly action: Action
  readonly ids: readonly string[]
  readonly takeOver?: boolean
  readonly note?: string
}
interface Outcome {
  readonly outcome: string
  readonly by?: string
}

/** As many as the hub takes at once. */
const idsMost = 200

/** What is done with many exceptions at once, and what came of it. */
export function ExceptionActs({ selected, select, pressed, settled }: ActsProps) {
  const [noting, setNoting] = useState<readonly string[]>()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: async ({ action, ids, ...more }: Order) => {
      const outcomes: Outcome[] = []
      for (let from = 0; from < ids.length; from += idsMost) {
        const body = { ids: ids.slice(from, from + idsMost), ...more }
        const { data } = (await answered(hub.POST(`/v1/exceptions/${action}`, { body } as never))) as {
          data: readonly Outcome[]
        }
        outcomes.push(...data)
      }
      return outcomes
    },
    onSuccess: async () => {
      setNoting(undefined)
      select(new Set())
      await queries.invalidateQueries({ queryKey: ['/v1/exceptions'] })
    },
  })
  const { mutate } = act
  useEffect(() => {
    if (pressed === undefined) return
    if (pressed.key === 'e') mutate({ action: 'take', ids: pressed.ids })
    else setNoting(pressed.ids)
    settled()
  }, [pressed, settled, mutate])
  const ids = [...selected]
  return (
    <>
      <Choices ids={ids} act={mutate} note={() => setNoting(ids)} clear={() => select(new Set())} />
      {act.error === null ? null : <Refusal error={act.error} />}
      <p role="status">{act.data === undefined ? '' : told(act.data)}</p>
      {noting === undefined ? null : (
        <Note
          isBusy={act.isPending}
          close={() => setNoting(undefined)}
          say={(note) => mutate({ action: 'acknowledge', ids: noting, note })}
        />
      )}
    </>
  )
}

interface ChoicesProps {
  readonly ids: readonly string[]
  readonly act: (order: Order) => void
  readonly note: () => void
  readonly clear: () => void
}

function Choices({ ids, act, note, clear }: ChoicesProps) {
  const isNone = ids.length === 0
  const choice = { size: 'compact-sm', disabled: isNone } as const
  return (
    <Group gap="xs">
      <span aria-live="polite">{say('selected', { count: ids.length })}</span>
      <Button {...choice} onClick={() => act({ action: 'take', ids })}>
        {say('take')}
      </Button>
      <Button {...choice} variant="default" onClick={() => act({ action: 'take', ids, takeOver: true })}>
        {say('over')}
      </Button>
      <Button {...choice} variant="default" onClick={() => act({ action: 'release', ids })}>
        {say('release')}
      </Button>
      <Button {...choice} variant="default" onClick={note}>
        {say('acknowledge')}
      </Button>
      {isNone ? null : (
        <Button {...choice} variant="default" onClick={clear}>
          {say('clear')}
        </Button>
      )}
    </Group>
  )
}

interface NoteProps {
  readonly isBusy: boolean
  readonly close: () => void
  readonly say: (note: string) => void
}

function Note({ isBusy, close, say: tell }: NoteProps) {
  const [note, setNote] = useState('')
  return (
    <Modal
      opened
      onClose={close}
      title={say('acknowledge')}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          tell(note)
        }}
      >
        <Textarea
          label={say('note')}
          description={say('note.about')}
          required
          minLength={3}
          maxLength={1000}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group mt="md">
          <Button type="submit" loading={isBusy}>
            {say('acknowledge')}
          </Button>
          <Button variant="default" onClick={close}>
            {frame('common.cancel')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** How many of each outcome there were, in words. */
function told(outcomes: readonly Outcome[]): string {
  const groups = Map.groupBy(outcomes, ({ outcome }) => outcome)
  return [...groups]
    .map(([outcome, all]) => {
      const count = all.length
      const by = [...new Set(all.map((one) => one.by ?? say('someone')))].join(', ')
      return outcome === 'done' ? say('done', { count }) : say(`outcome.${outcome as 'solved'}`, { count, by })
    })
    .join('; ')
}
