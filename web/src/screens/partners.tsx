import { useQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Page } from '../parts/page.tsx'
import { When } from '../parts/when.tsx'
import { plain, say } from '../words/words.ts'

/** Who is connected, by what, and until when their certificates last. */
export function Partners() {
  const query = useQuery({ queryKey: ['partners'], queryFn: () => answered(hub.GET('/v1/partners')) })
  return (
    <Page title={say('nav.partners')}>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <p>{say('list.empty')}</p>
          ) : (
            <div className="cards">
              {data.map(({ id, name, role, connections, certificates }) => (
                <section className="card" key={id}>
                  <h2>{name}</h2>
                  <p>{plain(role)}</p>
                  <ul className="plain-list">
                    {connections.map((one) => (
                      <li key={one.id}>
                        {one.id} ({one.connector}: {one.ways.join(', ')})
                      </li>
                    ))}
                    {certificates.map(({ fingerprint, use, validTo }) => (
                      <li key={fingerprint}>
                        {use}: <When at={validTo} />
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}
