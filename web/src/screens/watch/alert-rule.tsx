import { Button, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { useOrder } from '../../api/use-order.ts'
import { Section } from '../../parts/page.tsx'
import { percentText } from '../../parts/percent.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { When } from '../../parts/when.tsx'
import { inWords } from '../../words/checks.ts'
import { language, plain } from '../../words/words.ts'
import { say } from './alerts.words.ts'

type Wish = NonNullable<paths['/v1/alert-rules']['post']['requestBody']>['content']['application/json']
type Tested = paths['/v1/alert-rules/back-test']['post']['responses']['200']['content']['application/json']

/** Lines are drawn by a library of their own. */
const Chart = lazy(() => import('../../parts/chart.tsx').then((module) => ({ default: module.Chart })))
const usual: Wish = {
  ...{ name: '', check: 'postings-blocked', condition: 'state == "red"', severity: 'warning' },
  ...{ holdMinutes: 5, clearMinutes: 10, repeatHours: 0, route: [] },
}

/** Declares a rule, and shows what it would have done before it is kept. */
export function NewAlertRule() {
  const [wish, setWish] = useState(usual)
  const queries = useQueryClient()
  const test = useMutation({ mutationFn: () => answered(hub.POST('/v1/alert-rules/back-test', { body: named(wish) })) })
  const order = useOrder()
  const save = useMutation({
    mutationFn: () =>
      order(wish, (header) => answered(hub.POST('/v1/alert-rules', { params: { header }, body: wish }))),
    onSuccess: async () => {
      setWish(usual)
      test.reset()
      await queries.invalidateQueries({ queryKey: ['/v1/alert-rules'] })
    },
  })
  const set = (more: Partial<Wish>): void => {
    setWish({ ...wish, ...more })
    // What was shown was about another rule.
    test.reset()
  }
  return (
    <Section title={say('fresh')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Fields wish={wish} set={set} />
        <Group mt="sm">
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {say('test')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {say('save')}
          </Button>
        </Group>
      </form>
      {[test.error, save.error].map((error) => (error === null ? null : <Refusal key={String(error)} error={error} />))}
      <p role="status">{save.data === undefined ? '' : say('saved', { name: save.data.name })}</p>
      {test.data === undefined ? null : <TestedRule check={wish.check} tested={test.data} />}
    </Section>
  )
}

/** A rule is tried out before somebody has thought of a name. */
function named(wish: Wish): Wish {
  return wish.name.length < 3 ? { ...wish, name: 'back-test' } : wish
}

function Fields({ wish, set }: { readonly wish: Wish; readonly set: (more: Partial<Wish>) => void }) {
  const checks = useQuery({ queryKey: ['/v1/checks'], queryFn: () => answered(hub.GET('/v1/checks')) })
  const known = checks.data?.data.map(inWords).map(({ id, question }) => ({ value: id, label: question })) ?? []
  const minutes = { min: 0, max: 10_080, allowDecimal: false } as const
  return (
    <div className="filters">
      <TextInput
        label={say('name')}
        required
        minLength={3}
        maxLength={120}
        value={wish.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={say('question')}
        value={wish.check}
        data={known.length === 0 ? [wish.check] : known}
        onChange={(event) => set({ check: event.currentTarget.value as Wish['check'] })}
      />
      <TextInput
        label={say('condition')}
        description={say('condition.about')}
        required
        maxLength={500}
        value={wish.condition ?? ''}
        onChange={(event) => set({ condition: event.currentTarget.value })}
      />
      <NativeSelect
        label={say('severity')}
        value={wish.severity ?? 'warning'}
        data={['critical', 'warning', 'info'].map((value) => ({ value, label: plain(value) }))}
        onChange={(event) => set({ severity: event.currentTarget.value as NonNullable<Wish['severity']> })}
      />
      <NumberInput
        label={say('hold')}
        {...minutes}
        value={wish.holdMinutes ?? 0}
        onChange={(value) => set({ holdMinutes: Number(value) })}
      />
      <NumberInput
        label={say('clear')}
        {...minutes}
        value={wish.clearMinutes ?? 0}
        onChange={(value) => set({ clearMinutes: Number(value) })}
      />
      <NumberInput
        label={say('repeat')}
        min={0}
        max={168}
        allowDecimal={false}
        value={wish.repeatHours ?? 0}
        onChange={(value) => set({ repeatHours: Number(value) })}
      />
      <TextInput
        label={say('route')}
        description={say('route.about')}
        value={(wish.route ?? []).join(',')}
        onChange={(event) => {
          const text = event.currentTarget.value
          set({ route: text === '' ? [] : text.split(',') })
        }}
      />
    </div>
  )
}

/** What the rule would have done, as a sentence, a line and a table. */
function TestedRule({ check, tested }: { readonly check: string; readonly tested: Tested }) {
  const { firings, judgedSeconds, unknownSeconds } = tested
  const past = useQuery({
    queryKey: ['/v1/checks', check, 'history'],
    queryFn: () => answered(hub.GET('/v1/checks/{id}/history', { params: { path: { id: check } } })),
  })
  const points = past.data?.data ?? []
  const isFiring = (at: number): boolean =>
    firings.some((one) => at >= Date.parse(one.from) && (one.until === undefined || at < Date.parse(one.until)))
  return (
    <div role="region" aria-label={say('picture')}>
      <p>
        {say('tested', { count: firings.length })}{' '}
        {judgedSeconds < 600_000 ? say('short', { hours: Math.floor(judgedSeconds / 3600) }) : null}{' '}
        {unknownSeconds === 0
          ? null
          : say('unknown', { share: percentText((unknownSeconds / judgedSeconds) * 100, language()) })}
      </p>
      {points.length === 0 ? null : (
        <Suspense fallback={null}>
          <Chart
            times={points.map(({ at }) => Date.parse(at) / 1000)}
            values={points.map(({ value }) => value)}
            marks={points.map(({ at, value }) => (isFiring(Date.parse(at)) ? value : null))}
            label={say('picture')}
          />
        </Suspense>
      )}
      {firings.length === 0 ? null : (
        <Rows
          title={say('tested', { count: firings.length })}
          rows={firings}
          rowKey={({ from }) => from}
          columns={[
            { id: 'from', title: say('from'), cell: ({ from }) => <When at={from} /> },
            {
              id: 'to',
              title: say('to'),
              cell: ({ until }) => (until === undefined ? say('lasts') : <When at={until} />),
            },
            { id: 'length', title: say('length'), cell: ({ seconds }) => Math.round(seconds / 60) },
            { id: 'figure', title: say('figure'), cell: ({ value }) => value ?? '' },
          ]}
        />
      )}
    </div>
  )
}
