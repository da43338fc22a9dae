import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, hub } from '../../api/hub.ts'
import { useOrder } from '../../api/use-order.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { wording } from '../../words/words.ts'

const say = wording({
  en: {
    title: 'Tracking page for the recipient',
    none: 'Nobody has made a link yet.',
    make: 'Make a link',
    once: 'Whoever has this link sees the parcel. It is shown this one time.',
    link: 'New link',
    copy: 'Copy the link',
    copied: 'Copied',
    revoke: 'End the link {id}',
    until: 'until',
    seen: 'last followed',
  },
  de: {
    title: 'Sendungsseite für den Empfänger',
    none: 'Noch hat niemand einen Link erstellt.',
    make: 'Link erstellen',
    once: 'Wer diesen Link hat, sieht das Paket. Er wird nur dieses eine Mal gezeigt.',
    link: 'Neuer Link',
    copy: 'Link kopieren',
    copied: 'Kopiert',
    revoke: 'Link {id} beenden',
    until: 'bis',
    seen: 'zuletzt benutzt',
  },
})

/** Links by which the recipient follows a shipment without signing in: those that there are, and a new one. */
export function TrackingLinks({ shipment }: { readonly shipment: string }) {
  const { data: who } = useWho()
  const isAllowed = may(who?.scopes, 'shipments:share')
  const queries = useQueryClient()
  const queryKey = ['shipment', shipment, 'tracking-links']
  const path = { id: shipment }
  const query = useQuery({
    queryKey,
    queryFn: () => answered(hub.GET('/v1/shipments/{id}/tracking-links', { params: { path } })),
  })
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey })
  const order = useOrder()
  const make = useMutation({
    mutationFn: () =>
      order(shipment, (header) =>
        answered(hub.POST('/v1/shipments/{id}/tracking-links', { params: { path, header }, body: {} })),
      ),
    onSuccess: changed,
  })
  const revoke = useMutation({
    mutationFn: (link: string) =>
      answered(hub.DELETE('/v1/shipments/{id}/tracking-links/{link}', { params: { path: { ...path, link } } })),
    onSuccess: changed,
  })
  return (
    <Section title={say('title')}>
      {make.error === null ? null : <Refusal error={make.error} />}
      {revoke.error === null ? null : <Refusal error={revoke.error} />}
      {make.data === undefined ? null : <NewLink link={make.data.link} />}
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('none')}</p>
          ) : (
            <ul className="plain-list">
              {data.map(({ id, state, expiresAt, seenAt }) => (
                <li key={id}>
                  <Status code={state} /> {say('until')} <When at={expiresAt} />
                  {seenAt === undefined ? null : (
                    <>
                      , {say('seen')} <When at={seenAt} />
                    </>
                  )}{' '}
                  {state !== 'active' || !isAllowed ? null : (
                    <Button size="compact-xs" variant="default" onClick={() => revoke.mutate(id)}>
                      {say('revoke', { id })}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {isAllowed ? (
        <Button mt="xs" loading={make.isPending} onClick={() => make.mutate()}>
          {say('make')}
        </Button>
      ) : null}
    </Section>
  )
}

function NewLink({ link }: { readonly link: string }) {
  const whole = link.startsWith('/') ? `${location.origin}${link}` : link
  const copy = useMutation({ mutationFn: () => navigator.clipboard.writeText(whole) })
  return (
    <div className="notice" role="status">
      <p>{say('once')}</p>
      <Group align="end">
        <TextInput
          label={say('link')}
          readOnly
          value={whole}
          style={{ flex: 1 }}
          onFocus={(event) => event.target.select()}
        />
        <Button variant="default" onClick={() => copy.mutate()}>
          {copy.isSuccess ? say('copied') : say('copy')}
        </Button>
      </Group>
      {copy.error === null ? null : <Refusal error={copy.error} />}
    </div>
  )
}
