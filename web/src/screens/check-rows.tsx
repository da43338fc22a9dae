import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { answered, hub } from '../api/hub.ts'
import { Loaded } from '../parts/loaded.tsx'
import { To } from '../parts/to.tsx'
import { When } from '../parts/when.tsx'
import { say as frame } from '../words/words.ts'
import { say } from './checks.words.ts'

/** What a check finds now, the oldest first. */
export function CheckRows({ id, title }: { readonly id: string; readonly title: string }) {
  const query = useInfiniteQuery({
    queryKey: ['/v1/checks', id, 'rows'],
    queryFn: ({ pageParam }) =>
      answered(
        hub.GET('/v1/checks/{id}/rows', {
          params: { path: { id }, query: { limit: '100', ...(pageParam === undefined ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
  })
  const rows = query.data?.pages.flatMap(({ data }) => data) ?? []
  const more = (): void => {
    query.fetchNextPage().catch(() => undefined)
  }
  return (
    <Loaded query={query as never}>
      {() =>
        rows.length === 0 ? (
          <p>{frame('list.empty')}</p>
        ) : (
          <>
            <table className="plain-table" aria-label={title}>
              <thead>
                <tr>
                  <th scope="col">{say('object')}</th>
                  <th scope="col">{say('since')}</th>
                  <th scope="col">{say('detail')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ object, number, since, detail, page }) => (
                  <tr key={`${object} ${detail}`}>
                    <td>
                      {page === '' ? (
                        number || object
                      ) : (
                        <To page={`${page}/$id`} id={object}>
                          {number || object}
                        </To>
                      )}
                    </td>
                    <td>
                      <When at={since} />
                    </td>
                    <td>{detail}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {query.hasNextPage ? (
              <Button size="xs" variant="default" loading={query.isFetchingNextPage} onClick={more}>
                {frame('list.more')}
              </Button>
            ) : null}
          </>
        )
      }
    </Loaded>
  )
}
