import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectors } from '../../connectors/all.ts'
import { routes } from '../../gateway/all.ts'
import { factSchemas } from '../../model/facts/all.ts'
import { objectSchemas } from '../../model/objects/all.ts'
import { definitions } from '../../processes/all.ts'
import { entityOf } from '../../registry/contracts/documents.ts'
import { bulkOperations, services } from '../../registry/service.ts'
import { catalogue } from './catalogue.ts'

/** Names that belong to no service, or to more than one. */
function astray(names: Iterable<string>, of: (service: (typeof services)[number]) => readonly string[]): string[] {
  return [...new Set(names)].filter((name) => services.filter((one) => of(one).includes(name)).length !== 1)
}

test('everything that is declared belongs to one service of src/registry/service.ts', () => {
  expect(
    astray(
      routes.map(({ tag }) => tag),
      ({ tags }) => tags,
    ),
  ).toEqual([])
  const entities = [...Object.keys(factSchemas), ...Object.keys(objectSchemas)].map(entityOf)
  expect(astray(entities, (service) => service.entities)).toEqual([])
  expect(
    astray(
      definitions.map(({ id }) => id),
      ({ processes }) => processes,
    ),
  ).toEqual([])
  expect(
    astray(
      connectors.map(({ kind }) => kind),
      (service) => service.connectors,
    ),
  ).toEqual([])
})

test('no service names what is not there', () => {
  const tags = new Set(routes.map(({ tag }) => tag))
  const entities = new Set([...Object.keys(factSchemas), ...Object.keys(objectSchemas)].map(entityOf))
  expect(services.flatMap((one) => one.tags).filter((tag) => !tags.has(tag))).toEqual([])
  expect(services.flatMap((one) => one.entities).filter((entity) => !entities.has(entity))).toEqual([])
  expect(
    services.flatMap(({ processes }) => processes).filter((id) => !definitions.some((one) => one.id === id)),
  ).toEqual([])
  expect(bulkOperations.filter((name) => !routes.some(({ operationId }) => operationId === name))).toEqual([])
})

test('guides, runbooks and pages of the catalogue exist', () => {
  const root = join(import.meta.dirname, '../../..')
  const pages = [...services.flatMap(({ guide, runbook }) => [guide, runbook]), ...catalogue.map(({ page }) => page)]
  expect([...new Set(pages)].filter((page) => !existsSync(join(root, page)))).toEqual([])
  expect(catalogue.length).toBeGreaterThan(400)
})
