import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../api/hub.ts'
import type { paths } from '../api/schema.ts'
import { Refusal } from '../parts/refusal.tsx'
import { Status } from '../parts/status.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { say as frame } from '../words/words.ts'
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
  const words = ['name', 'question', 'condition', 'patience', 'route'] as const
  return (
    <>
      {act.error === null ? null : <Refusal error={act.error} />}
      <table className="plain-table" aria-label={say('rules')}>
        <thead>
          <tr>
            {words.map((word) => (
              <th key={word} scope="col">
                {say(word)}
              </th>
            ))}
            <th scope="col">{frame('task.decide')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              acts={
                mayAct
                  ? { mute: () => mute(rule), end: (isRemoved) => act.mutate({ id: rule.id, isRemoved }) }
                  : undefined
              }
            />
          ))}
        </tbody>
      </table>
      {muting === undefined ? null : <Mute key={muting.id} rule={muting} close={() => mute(undefined)} />}
    </>
  )
}

interface RuleRowProps {
  readonly rule: Rule
  /** What somebody may do with it: mute it, end the mute, remove it. */
  readonly acts: { readonly mute: () => void; readonly end: (isRemoved: boolean) => void } | undefined
}

function RuleRow({ rule, acts }: RuleRowProps) {
  return (
    <tr>
      <td>
        {rule.name} <Status code={rule.severity} />
        {rule.muted === undefined ? null : (
          <div>
            {say('muted')} <When at={rule.muted.until} />: {rule.muted.reason}
          </div>
        )}
      </td>
      <td>
        <To page="/checks/$id" id={rule.check}>
          {rule.check}
        </To>
      </td>
      <td>
        <code>{rule.condition}</code>
      </td>
      <td>{say('minutes', { hold: rule.holdMinutes, clear: rule.clearMinutes })}</td>
      <td>{rule.tells.length === 0 ? say('nobody') : rule.tells.join(', ')}</td>
      <td>
        {acts === undefined ? null : (
          <Group gap="xs" role="group" aria-label={say('act', { name: rule.name })}>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => (rule.muted === undefined ? acts.mute() : acts.end(false))}
            >
              {rule.muted === undefined ? say('mute') : say('unmute')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => acts.end(true)}>
              {say('remove')}
            </Button>
          </Group>
        )}
      </td>
    </tr>
  )
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
