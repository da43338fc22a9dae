import { describe, expect, test } from 'vitest'
import { sourceOf } from './harbor.contract.ts'
import { readNetwork } from './network.ts'
import { Secrets } from './secrets.ts'
import type { Source } from './sections.ts'

const read = (...sources: readonly Source[]) =>
  readNetwork(sources, {
    ...{ secrets: new Secrets('/nowhere', {}), now: 0, isApplied: true, partitions: 4, claimSeconds: 60 },
  })
const problems = (...sources: readonly Source[]) =>
  read(...sources).problems.map(({ code, file, line, path }) => `${code} ${file}:${line} ${path}`)

describe('an identity provider', () => {
  const text = `identityProviders:
  - name: example-id
    title: Example ID
    issuer: https://id.example.com
    clientId: interline
`
  test('is declared by whoever may do everything', () => {
    const { network, problems: found } = read(sourceOf({ 'access.yaml': text }, true))
    expect(found).toEqual([])
    expect([...network.identityProviders.keys()]).toEqual(['example-id'])
  })

  test('gives nobody the role of partners: whose people they are is said by an invitation, not by a group elsewhere', () => {
    const source = sourceOf({ 'access.yaml': `${text}    roles: [suppliers=partner]\n` }, true)
    expect(problems(source)).toEqual(['MANIFEST_VALUE_INVALID access.yaml:6 identityProviders[0].roles'])
    expect(read(source).network.identityProviders.size).toBe(0)
  })

  test('is refused from a key without *, and vouches for nobody', () => {
    const source = sourceOf({ 'access.yaml': text })
    expect(problems(source)).toEqual(['MANIFEST_VALUE_INVALID access.yaml:2 identityProviders[0].name'])
    expect(read(source).network.identityProviders.size).toBe(0)
  })
})

describe('a tracking page', () => {
  const page = (name: string, tenant = '') =>
    `trackingPages:\n  - name: ${name}\n    title: A shop\n${tenant === '' ? '' : `    tenant: ${tenant}\n`}`
  const of = (tenant: string, text: string): Source => ({
    ...sourceOf({ 'pages.yaml': text }),
    tenant,
    name: `pages of ${tenant}`,
  })

  test('of another tenant is refused, whoever applies it without the right to all', () => {
    expect(problems(of('north', page('south-shop', 'south')))).toEqual([
      'MANIFEST_VALUE_INVALID pages.yaml:4 trackingPages[0].tenant',
    ])
  })

  test('is of the tenant that applies it; each has one of its own', () => {
    const { network, problems: found } = read(of('north', page('north-shop')), of('south', page('south-shop')))
    expect(found).toEqual([])
    expect([...network.trackingPages].map(([tenant, { name }]) => `${tenant} ${name}`)).toEqual([
      'north north-shop',
      'south south-shop',
    ])
  })

  test('comes once for a tenant, however it is said whose it is', () => {
    expect(problems(of('north', page('one')), of('north', page('two', 'north')))).toEqual([
      'MANIFEST_DUPLICATE pages.yaml:2 trackingPages[0]',
    ])
  })

  test('cannot take the name of another tenant’s', () => {
    expect(problems(of('north', page('shop')), of('south', page('shop')))).toEqual([
      'MANIFEST_DUPLICATE pages.yaml:2 trackingPages[0]',
    ])
  })
})
