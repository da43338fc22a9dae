import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf, answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Rows } from '../../parts/rows.tsx'
import { To } from '../../parts/to.tsx'
import { When } from '../../parts/when.tsx'
import { plain } from '../../words/words.ts'
import { say } from './master-data.words.ts'

type Unknown = paths['/v1/unknown-codes']['get']['responses']['200']['content']['application/json']['data'][number]

/** Codes that hold messages up: translated here, what waits goes on in its order. */
export function UnknownCodes({ isAllowed }: { readonly isAllowed: boolean }) {
  const query = useQuery({
    queryKey: ['unknown-codes'],
    queryFn: () => answered(hub.GET('/v1/unknown-codes')),
    refetchInterval: 15_000,
  })
  const [done, setDone] = useState('')
  return (
    <Section title={say('unknown')}>
      <p role="status">{done === '' ? '' : say('mapped', { code: done })}</p>
      <Loaded query={query}>
        {({ data, truncated }) => (
          <>
            {truncated ? <p>{say('unknown.more')}</p> : null}
            <Rows
              title={say('unknown')}
              name="unknown"
              source={addressOf('/v1/unknown-codes')}
              rows={data}
              rowKey={({ kind, system, qualifier, code }) => [kind, system, qualifier, code].join(' ')}
              empty={say('unknown.none')}
              columns={[
                { id: 'code', title: say('code'), cell: ({ code }) => <strong>{code}</strong> },
                { id: 'kind', title: say('kind'), cell: ({ kind, qualifier }) => `${plain(kind)} ${qualifier ?? ''}` },
                { id: 'system', title: say('system'), cell: ({ system }) => system },
                { id: 'waiting', title: say('waiting'), cell: ({ waiting }) => waiting },
                { id: 'since', title: say('since'), cell: ({ since }) => <When at={since} /> },
                {
                  id: 'meaning',
                  title: say('meaning'),
                  cell: (one) => (
                    <>
                      {isAllowed ? <MapCode unknown={one} done={setDone} /> : null}
                      {one.task === undefined ? null : (
                        <To page="/tasks/$id" id={one.task}>
                          {say('question', { code: one.code })}
                        </To>
                      )}
                    </>
                  ),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Section>
  )
}

interface MapCodeProps {
  readonly unknown: Unknown
  readonly done: (code: string) => void
}

function MapCode({ unknown: { kind, system, qualifier, code, proposals }, done }: MapCodeProps) {
  const [canonicalId, setCanonicalId] = useState(proposals[0]?.canonicalId ?? '')
  const queries = useQueryClient()
  const map = useMutation({
    mutationFn: async () => {
      const row = {
        ...{ entity: kind, system, externalValue: code, canonicalId: canonicalId.trim(), status: 'active' },
        ...(qualifier === undefined ? {} : { qualifier }),
      }
      const params = { path: { kind: 'cross-references' } }
      const { rows } = await answered(hub.POST('/v1/master-data/{kind}/import', { params, body: { rows: [row] } }))
      const problem = rows[0]?.problem
      if (problem !== undefined) throw new Error(problem)
    },
    onSuccess: async () => {
      done(code)
      await queries.invalidateQueries({ queryKey: ['unknown-codes'] })
      await queries.invalidateQueries({ queryKey: ['/v1/master-data/{kind}'] })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        map.mutate()
      }}
    >
      <Group align="end" wrap="nowrap" gap="xs">
        <TextInput
          aria-label={`${say('meaning')} (${code})`}
          required
          maxLength={200}
          value={canonicalId}
          onChange={(event) => setCanonicalId(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-sm" loading={map.isPending}>
          {say('map', { code })}
        </Button>
      </Group>
      {proposals.length === 0 ? null : (
        <div>
          {say('proposals')}: {proposals.map((one) => `${one.canonicalId} (${one.why})`).join(', ')}
        </div>
      )}
      {map.error === null ? null : <Refusal error={map.error} />}
    </form>
  )
}
