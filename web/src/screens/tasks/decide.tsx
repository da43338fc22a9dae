import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { useOrder } from '../../api/use-order.ts'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { hubSays } from '../../words/hub-says.ts'
import { say as frame, plain } from '../../words/words.ts'
import { say } from './task.words.ts'

type Choice = paths['/v1/tasks/{id}']['get']['responses']['200']['content']['application/json']['decisions'][number]
type Field = Choice['fields'][number]

interface DecisionsProps {
  readonly id: string
  readonly choices: readonly Choice[]
}

/** What can be decided with what follows from each; the one that is chosen asks for what belongs to it. */
export function Decisions({ id, choices }: DecisionsProps) {
  const [chosen, choose] = useState<Choice>()
  return (
    <Section title={frame('task.decide')}>
      <ul className="choices">
        {choices.map((choice) => (
          <li key={choice.name}>
            <Button
              variant={chosen?.name === choice.name ? 'filled' : 'default'}
              aria-pressed={chosen?.name === choice.name}
              aria-describedby={`follows-${id}-${choice.name}`}
              onClick={() => choose(choice)}
            >
              {hubSays(choice.label)}
            </Button>
            <span id={`follows-${id}-${choice.name}`}>
              {hubSays(choice.consequence)} {choice.fourEyes ? frame('task.fourEyes') : ''}
            </span>
          </li>
        ))}
      </ul>
      {chosen === undefined ? null : <Decide key={chosen.name} id={id} choice={chosen} />}
    </Section>
  )
}

function Decide({ id, choice }: { readonly id: string; readonly choice: Choice }) {
  const [reason, setReason] = useState('')
  const order = useOrder()
  const [data, setData] = useState<Readonly<Record<string, string>>>({})
  const queries = useQueryClient()
  const decide = useMutation({
    mutationFn: () => {
      const said = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ''))
      const body = {
        decision: choice.name,
        ...(reason === '' ? {} : { reason }),
        ...(Object.keys(said).length === 0 ? {} : { data: said }),
      }
      return order(body, (header) =>
        answered(hub.POST('/v1/tasks/{id}/decide', { params: { path: { id }, header }, body })),
      )
    },
    // Also after a refusal: a colleague may have taken or decided it meanwhile, and the page says who.
    onSettled: () => queries.invalidateQueries({ queryKey: ['task', id] }),
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        decide.mutate()
      }}
    >
      {decide.error === null ? null : <Refusal error={decide.error} />}
      {decide.isSuccess ? <p role="status">{frame('task.done')}</p> : null}
      {choice.fields.map((field) => (
        <Said
          key={field.name}
          field={field}
          value={data[field.name] ?? ''}
          change={(value) => setData({ ...data, [field.name]: value })}
        />
      ))}
      <Textarea
        label={frame('task.reason')}
        description={frame('task.reason.needed')}
        required={choice.reasonRequired}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" loading={decide.isPending}>
        {frame('task.decide')}: {hubSays(choice.label)}
      </Button>
    </form>
  )
}

interface SaidProps {
  readonly field: Field
  readonly value: string
  readonly change: (value: string) => void
}

/** One member of what belongs to a decision, in the form that it has to have. */
function Said({ field: { label, kind, values = [], isOptional = false }, value, change }: SaidProps) {
  const shared = {
    label: isOptional ? `${hubSays(label)} (${say('optional')})` : hubSays(label),
    required: !isOptional,
    value,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => change(event.currentTarget.value),
  }
  if (kind === 'choice')
    return <NativeSelect {...shared} data={['', ...values.map((one) => ({ value: one, label: plain(one) }))]} />
  if (kind === 'day') return <TextInput {...shared} type="date" />
  if (kind === 'amount')
    return <TextInput {...shared} inputMode="decimal" pattern="\d{1,40}(\.\d{1,20})?" description={say('amount')} />
  return <TextInput {...shared} maxLength={200} />
}
