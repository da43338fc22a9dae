import { Loaded } from '../parts/loaded.tsx'
import { Page, Section } from '../parts/page.tsx'
import { may, useWho } from '../shell/who.ts'
import { say as shared } from '../words/words.ts'
import { say } from './access.words.ts'
import { Clients } from './access-clients.tsx'
import { Keys } from './access-keys.tsx'
import { useRoles } from './access-parts.tsx'

/** Who may do what: systems that get tokens, keys, and what the roles of people mean. */
export function Access() {
  const { data: who } = useWho()
  return (
    <Page title={shared('nav.access')}>
      {may(who?.scopes, 'clients:read') ? <Clients isAllowed={may(who?.scopes, 'clients:write')} /> : null}
      {may(who?.scopes, 'keys:write') ? <Keys /> : null}
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
          <div className="board" tabIndex={0} role="region" aria-label={say('roles')}>
            <table aria-label={say('roles')}>
              <thead>
                <tr>
                  <th scope="col">{say('role')}</th>
                  <th scope="col">{say('about')}</th>
                  <th scope="col">{say('scopes')}</th>
                </tr>
              </thead>
              <tbody>
                {data.map(({ name, about, scopes }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{about}</td>
                    <td>{scopes.join(', ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Section>
  )
}
