import { describe, expect, test } from 'vitest'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What is promised about the keys of secrets. */
export function describeSecrets(hub: ApiUnderTest): void {
  describe('keys of secrets', () => {
    test('are listed without any secret, and a new data key is a job', async () => {
      const standing = await hub.ask('GET', '/v1/secrets')
      expect(standing.json()).toMatchObject({ masterKey: expect.stringMatching(/^mk_/) as string, unsealed: 0 })
      const rotate = (json: object) => hub.ask('POST', '/v1/secrets/rotations', { json, headers: hub.once() })
      const begun = await rotate({ key: 'data', reason: 'once a year' })
      expect(begun.status).toBe(202)
      const { job } = begun.json() as { job: string }
      expect((await hub.ask('GET', `/v1/jobs/${job}`)).json()).toMatchObject({
        ...{ kind: 'secret-rotation', dryRun: false, reason: 'once a year' },
        about: 'a new data key, and every secret sealed anew',
      })
      await expectProblem(rotate({ key: 'door' }), 422, 'REQUEST_INVALID')
      // The settings of this hub give the master key: only whoever gives them can change it.
      await expectProblem(rotate({ key: 'master' }), 409, 'MASTER_KEY_OUTSIDE')
    })
  })
}
