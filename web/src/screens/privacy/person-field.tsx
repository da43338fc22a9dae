import { NativeSelect, TextInput } from '@mantine/core'
import type { paths } from '../../api/schema.ts'
import { say } from './privacy.words.ts'

/** How a person is found. */
export type PersonAsked = NonNullable<
  paths['/v1/privacy/previews']['post']['requestBody']
>['content']['application/json']['person']

const ways = ['email', 'phone', 'name', 'reference'] as const
type Way = (typeof ways)[number]

const empty: Readonly<Record<Way, PersonAsked>> = {
  email: { email: '' },
  phone: { phone: '' },
  name: { name: '', postalCode: '' },
  reference: { reference: '' },
}

/** One of four ways to say who somebody is. */
export function PersonField(props: { readonly value: PersonAsked; readonly change: (value: PersonAsked) => void }) {
  const { value, change } = props
  const way = ways.find((one) => one in value) ?? 'email'
  return (
    <>
      <NativeSelect
        label={say('by')}
        data={ways.map((one) => ({ value: one, label: say(one) }))}
        value={way}
        onChange={(event) => change(empty[event.currentTarget.value as Way])}
      />
      {Object.entries(value).map(([name, said]) => (
        <TextInput
          key={name}
          label={say(name as Way | 'postalCode')}
          required
          autoComplete="off"
          value={said}
          onChange={(event) => change({ ...value, [name]: event.currentTarget.value })}
        />
      ))}
    </>
  )
}
