import { addressOf } from '../../api/hub.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Rows } from '../../parts/rows.tsx'
import { may, useWho } from '../../shell/who.ts'
import { say as shared } from '../../words/words.ts'
import { say } from './access.words.ts'
import { Clients } from './clients.tsx'
import { Keys } from './keys.tsx'
import { useRoles } from './parts.tsx'
import { QuotaUse } from './quota-use.tsx'

/** Who may do what: systems that get tokens, keys, and what the roles of people mean. */
export function Access() {
  const { data: who } = useWho()
  return (
    <Page title={shared('nav.access')}>
      {may(who?.scopes, 'clients:read') ? <Clients isAllowed={may(who?.scopes, 'clients:write')} /> : null}
      {may(who?.scopes, 'keys:write') ? <Keys /> : null}
      {may(who?.scopes, 'network:read') ? <QuotaUse /> : null}
      <Roles />
    </Page>
  )
}

function Roles() {
  const query = useRoles()
  return (
    <Section title={say('roles')}>
      <Loaded query={query}>
        {({ data }) => (
          <Rows
            title={say('roles')}
            name="roles"
            source={addressOf('/v1/roles')}
            rows={data}
            rowKey={({ name }) => name}
            columns={[
              { id: 'role', title: say('role'), cell: ({ name }) => <strong>{name}</strong> },
              { id: 'about', title: say('about'), cell: ({ about }) => about },
              { id: 'scopes', title: say('scopes'), cell: ({ scopes }) => scopes.join(', ') },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}
