import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../tools/source-tree.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** The documents about the API itself. */
export function describeDocuments(hub: ApiUnderTest): void {
  describe('documents', () => {
    test('the API that is served is the one that is published', async () => {
      const served = (await hub.ask('GET', '/openapi.json')).json() as Record<string, unknown>
      const published = JSON.parse(readFileSync(join(root, 'schemas/openapi.json'), 'utf8')) as Record<string, unknown>
      for (const part of ['paths', 'components', 'webhooks', 'tags']) expect(served[part]).toEqual(published[part])
      const events = (await hub.ask('GET', '/asyncapi.json')).json() as Record<string, unknown>
      const publishedEvents = JSON.parse(readFileSync(join(root, 'schemas/asyncapi.json'), 'utf8')) as Record<
        string,
        unknown
      >
      for (const part of ['channels', 'operations', 'components']) expect(events[part]).toEqual(publishedEvents[part])
    })

    test('probes and metrics need no key and are never limited', async () => {
      const headers = { authorization: '' }
      for (const path of ['/livez', '/readyz', '/readyz?verbose', '/startupz', '/metrics', '/problems/not-found']) {
        const answer = await hub.ask('GET', path, { headers })
        expect(answer.status).toBe(200)
        expect(answer.headers['ratelimit']).toBeUndefined()
      }
      await expectProblem(hub.ask('GET', '/problems/nothing-like-that', { headers }), 404, 'NOT_FOUND')
    })
  })
}
