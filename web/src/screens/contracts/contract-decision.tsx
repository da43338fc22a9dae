import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { instantOf } from '../../parts/zone.ts'
import { plain } from '../../words/words.ts'
import { say } from './contracts.words.ts'

type State = paths['/v1/contracts/{id}']['get']['responses']['200']['content']['application/json']['next'][number]

interface Decision {
  readonly id: string
  /** Number of the last decision that is shown: whoever was faster is not overwritten. */
  readonly decision: number
  /** What it can become; the hub says so. */
  readonly next: readonly State[]
}

/** Lets a contract end, or go on: with the reason. */
export function ContractDecision({ id, decision, next }: Decision) {
  const [state, setState] = useState<string>()
  const [sunset, setSunset] = useState('')
  const [successor, setSuccessor] = useState('')
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const chosen = next.find((one) => one === state) ?? next[0]
  const decide = useMutation({
    mutationFn: () => {
      const params = { path: { id }, header: { 'If-Match': `"v${decision}"` } }
      const body = {
        reason,
        ...(chosen === undefined ? {} : { state: chosen }),
        ...(sunset === '' ? {} : { sunsetAt: instantOf(sunset) }),
        ...(successor === '' ? {} : { successor }),
      }
      return answered(hub.PATCH('/v1/contracts/{id}', { params, body }))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/v1/contracts'] }),
  })
  if (chosen === undefined) return <Kept />
  return (
    <Section title={say('change')}>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault()
          decide.mutate()
        }}
      >
        <NativeSelect
          label={say('becomes')}
          value={chosen}
          data={next.map((one) => ({ value: one, label: plain(one) }))}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        {chosen === 'deprecated' ? (
          <>
            <TextInput
              type="datetime-local"
              label={say('sunset')}
              value={sunset}
              onChange={(event) => setSunset(event.currentTarget.value)}
            />
            <TextInput
              label={say('successor')}
              value={successor}
              onChange={(event) => setSuccessor(event.currentTarget.value)}
            />
          </>
        ) : null}
        <TextInput
          label={say('reason')}
          required
          minLength={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={decide.isPending}>
          {say('decide')}
        </Button>
      </form>
      {decide.error === null ? null : <Refusal error={decide.error} />}
      <p aria-live="polite">{decide.isSuccess ? say('decided') : ''}</p>
    </Section>
  )
}

/** Some contracts cannot end. */
function Kept() {
  return (
    <Section title={say('change')}>
      <p>{say('kept')}</p>
    </Section>
  )
}
