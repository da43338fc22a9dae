import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import type { Column } from '../../parts/column.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { Status } from '../../parts/status.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { say as frame, plain } from '../../words/words.ts'
import { say } from './alerts.words.ts'

type Rule = paths['/v1/alert-rules']['get']['responses']['200']['content']['application/json']['data'][number]

/** Every rule: when it fires, and who hears of it. */
export function AlertRules({ rules, mayAct }: { readonly rules: readonly Rule[]; readonly mayAct: boolean }) {
  const [muting, mute] = useState<Rule>()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: ({ id, isRemoved }: { readonly id: string; readonly isRemoved: boolean }) => {
      const params = { params: { path: { id } } }
      return answered(
        isRemoved ? hub.DELETE('/v1/alert-rules/{id}', params) : hub.DELETE('/v1/alert-rules/{id}/mute', params),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/v1/alert-rules'] }),
  })
  return (
    <>
      {act.error === null ? null : <Refusal error={act.error} />}
      <Rows
        name="rules"
        title={say('rules')}
        rows={rules}
        rowKey={({ id }) => id}
        columns={columns(
          mayAct ? { mute, end: (rule, isRemoved) => act.mutate({ id: rule.id, isRemoved }) } : undefined,
        )}
      />
      {muting === undefined ? null : <Mute key={muting.id} rule={muting} close={() => mute(undefined)} />}
    </>
  )
}

/** What somebody may do with a rule: mute it, end the mute, remove it. */
interface RuleActs {
  readonly mute: (rule: Rule) => void
  readonly end: (rule: Rule, isRemoved: boolean) => void
}

function columns(acts: RuleActs | undefined): readonly Column<Rule>[] {
  return [
    {
      id: 'name',
      title: say('name'),
      cell: ({ name, severity, muted }) => (
        <>
          {name} <Status code={severity} />
          {muted === undefined ? null : (
            <div>
              {say('muted')} <When at={muted.until} />: {muted.reason}
            </div>
          )}
        </>
      ),
    },
    {
      id: 'question',
      title: say('question'),
      cell: ({ check }) => (
        <To page="/checks/$id" id={check}>
          {plain(check)}
        </To>
      ),
    },
    { id: 'condition', title: say('condition'), cell: ({ condition }) => <code>{condition}</code> },
    {
      id: 'patience',
      title: say('patience'),
      cell: ({ holdMinutes, clearMinutes }) => say('minutes', { hold: holdMinutes, clear: clearMinutes }),
    },
    {
      id: 'route',
      title: say('route'),
      cell: ({ tells }) => (tells.length === 0 ? say('nobody') : tells.join(', ')),
    },
    ...(acts === undefined ? [] : [actsOf(acts)]),
  ]
}

function actsOf({ mute, end }: RuleActs): Column<Rule> {
  return {
    id: 'act',
    title: frame('task.decide'),
    sorts: {},
    cell: (rule) => (
      <Group gap="xs" role="group" aria-label={say('act', { name: rule.name })}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => (rule.muted === undefined ? mute(rule) : end(rule, false))}
        >
          {rule.muted === undefined ? say('mute') : say('unmute')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => end(rule, true)}>
          {say('remove')}
        </Button>
      </Group>
    ),
  }
}

const lengths = [
  { word: 'hour', hours: 1 },
  { word: 'shift', hours: 8 },
  { word: 'day', hours: 24 },
  { word: 'week', hours: 168 },
] as const

function Mute({ rule, close }: { readonly rule: Rule; readonly close: () => void }) {
  const [hours, setHours] = useState('1')
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: () => {
      const until = new Date(Date.now() + Number(hours) * 3_600_000).toISOString()
      return answered(
        hub.POST('/v1/alert-rules/{id}/mute', { params: { path: { id: rule.id } }, body: { until, reason } }),
      )
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/v1/alert-rules'] })
      close()
    },
  })
  return (
    <Modal
      opened
      onClose={close}
      title={`${say('mute')} ${rule.name}`}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          act.mutate()
        }}
      >
        {act.error === null ? null : <Refusal error={act.error} />}
        <NativeSelect
          label={say('until')}
          value={hours}
          data={lengths.map(({ word, hours: count }) => ({ value: String(count), label: say(word) }))}
          onChange={(event) => setHours(event.currentTarget.value)}
        />
        <Textarea
          label={say('reason')}
          required
          minLength={3}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group mt="md">
          <Button type="submit" loading={act.isPending}>
            {say('mute')}
          </Button>
          <Button variant="default" onClick={close}>
            {frame('common.cancel')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
