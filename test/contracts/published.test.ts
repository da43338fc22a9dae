import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { declaredContracts } from '../../src/app/contracts/declared.ts'
import type { Contract } from '../../src/registry/contracts/contract.ts'
import { isBreaking, judgeContracts } from '../../src/registry/contracts/judge.ts'
import { readContracts } from '../../src/registry/contracts/read-contracts.ts'
import { publishedPath } from '../../tools/published-contracts.ts'
import { root } from '../../tools/source-tree.ts'
import { expectNone } from '../expect-none.ts'

const { contracts: published, faults } = readContracts([
  { path: publishedPath, text: readFileSync(join(root, publishedPath), 'utf8') },
])
const complete = ['object', 'fact', 'operation', 'event', 'connector'] as const

/** What breaks somebody who kept what was published, in sentences. */
function broken(proposed: readonly Contract[], kept: readonly Contract[] = published): string[] {
  return judgeContracts({ published: kept, proposed, complete })
    .filter(isBreaking)
    .flatMap(({ id, verdict, changes }) =>
      verdict === 'removed'
        ? [`${id} is removed`]
        : changes
            .filter((one) => one.isBreaking)
            .map(({ part, path, reason, breaks }) => `${id} ${part}${path} ${reason}, which breaks ${breaks}`),
    )
}

test('nothing that was published is broken; on purpose: node tools/publish-contracts.ts, and say so in changes/', () => {
  expect(faults).toEqual([])
  expect(published.length).toBeGreaterThan(800)
  expectNone(broken(declaredContracts()))
})

describe('a planted break is found where it is:', () => {
  /** Against what is declared now: another break must not hide this one. */
  const found = (proposed: readonly Contract[]): string[] => broken(proposed, declaredContracts())
  /** What is declared now, with one part of one contract changed. */
  const planted = (id: string, part: string, change: (text: string) => string): readonly Contract[] => {
    const own = declaredContracts().find((one) => one.id === id)
    const before = JSON.stringify(own?.parts.find(({ name }) => name === part)?.schema)
    const after = change(before)
    expect(after).not.toBe(before)
    return declaredContracts().map((one) =>
      one.id !== id
        ? one
        : {
            ...one,
            parts: one.parts.map((own) =>
              own.name === part ? { ...own, schema: JSON.parse(after) as Contract['parts'][number]['schema'] } : own,
            ),
          },
    )
  }

  test('an operation that is gone', () => {
    expect(found(declaredContracts().filter(({ id }) => id !== 'operation:listShipments'))).toEqual([
      'operation:listShipments is removed',
    ])
  })

  test('a member of an answer that is renamed', () => {
    const renamed = planted('operation:createKey', 'answer', (text) => text.replaceAll('"key"', '"secretText"'))
    expect(found(renamed)).toEqual(['operation:createKey answer/body/key is gone, which breaks receivers'])
  })

  test('a member of a request that has to be said now', () => {
    const owed = planted('operation:createKey', 'body', (text) =>
      text.replace('"required":["name","scopes"]', '"required":["name","scopes","expiresInDays"]'),
    )
    expect(found(owed)).toEqual(['operation:createKey body/expiresInDays is required now, which breaks senders'])
  })

  test('a longer path, a scope that is asked for now, a value less in a query', () => {
    expect(found(planted('operation:listKeys', 'address', (text) => text.replace('/v1/keys', '/v1/api-keys')))).toEqual(
      ['operation:listKeys address is "GET /v1/api-keys" and was "GET /v1/keys", which breaks senders'],
    )
    expect(found(planted('operation:listKeys', 'scope', () => '{"const":"system:write"}'))).toHaveLength(1)
    expect(found(planted('operation:listContracts', 'query', (text) => text.replace('"draft",', '')))).toEqual([
      'operation:listContracts query/state the value "draft" is gone, which breaks senders',
    ])
  })

  test('another type in a fact, which breaks who reads the event and what was kept', () => {
    const changed = planted('fact:shipment.delivered', 'data', (text) =>
      text.replace('"proofs":{"type":"integer"', '"proofs":{"type":"string"'),
    )
    expect(found(changed)).toEqual(['fact:shipment.delivered data/proofs is string and was integer, which breaks both'])
  })

  test('another meaning of a map', () => {
    expect(found(planted('connector:dhl.inbound', 'mapping', () => '{"const":"dhl/99"}'))[0]).toContain(
      'connector:dhl.inbound mapping',
    )
  })

  test('and what only adds breaks nobody', () => {
    const more = planted('operation:createKey', 'body', (text) =>
      text.replace('"properties":{', '"properties":{"note":{"type":"string"},'),
    )
    expect(found(more)).toEqual([])
  })
})
