import { Button, Checkbox, Group, Popover, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { answered, hub } from '../api/hub.ts'
import { useIsOfPartner } from '../shell/who.ts'
import { Loaded } from './loaded.tsx'
import { Refusal } from './refusal.tsx'
import { say } from './sheet.words.ts'
import { To } from './to.tsx'

/** Views of this list: own ones and those of colleagues; each is an address. */
export function SavedViews({ name }: { readonly name: string | undefined }) {
  const [isOpen, setOpen] = useState(false)
  const isOfPartner = useIsOfPartner()
  const { pathname } = useLocation()
  // Of a page about one object, the list is that of all such objects.
  const place = pathname.replaceAll(/\/[a-z]{3}_[^/]*/g, '/-')
  const list = name === undefined ? place : `${place}#${name}`
  // Views are those of staff.
  if (isOfPartner) return null
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus withinPortal={false} transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={() => setOpen(!isOpen)}>
          {say('views')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('views')}>
        {isOpen ? <Kept list={list} leave={() => setOpen(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function Kept({ list, leave }: { readonly list: string; readonly leave: () => void }) {
  const queries = useQueryClient()
  const queryKey = ['/v1/views', list]
  const query = useQuery({
    queryKey,
    queryFn: () => answered(hub.GET('/v1/views', { params: { query: { list } } })),
  })
  const remove = useMutation({
    mutationFn: (id: string) => answered(hub.DELETE('/v1/views/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  return (
    <>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('views.none')}</p>
          ) : (
            <ul className="plain-list">
              {data.map(({ id, name, search, own }) => (
                <li key={id}>
                  <Group gap="xs" justify="space-between" wrap="nowrap" onClick={leave}>
                    <To page="." search={Object.fromEntries(new URLSearchParams(search))}>
                      {name}
                    </To>
                    {own ? (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={say('views.remove', { name })}
                        onClick={(event) => {
                          event.stopPropagation()
                          remove.mutate(id)
                        }}
                      >
                        ✕
                      </Button>
                    ) : (
                      <small>{say('views.shared')}</small>
                    )}
                  </Group>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {remove.error === null ? null : <Refusal error={remove.error} />}
      <Keep list={list} saved={() => queries.invalidateQueries({ queryKey })} />
    </>
  )
}

function Keep({ list, saved }: { readonly list: string; readonly saved: () => Promise<unknown> }) {
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const { searchStr } = useLocation()
  const save = useMutation({
    mutationFn: () => answered(hub.POST('/v1/views', { body: { list, name, search: searchStr, shared } })),
    onSuccess: async () => {
      setName('')
      await saved()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {save.error === null ? null : <Refusal error={save.error} />}
      <TextInput
        size="xs"
        label={say('views.name')}
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        size="md"
        my="xs"
        label={say('views.share')}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      <Button type="submit" size="compact-sm" loading={save.isPending}>
        {say('views.save')}
      </Button>{' '}
      <span role="status">{save.isSuccess ? say('views.saved') : ''}</span>
    </form>
  )
}
