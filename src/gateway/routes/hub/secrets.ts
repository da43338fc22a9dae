import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { type SecretRotation, secretRotationKind } from '../../../registry/secret-rotation.ts'
import { noteOf } from '../../access/audit-note.ts'
import { demandOperator } from '../../access/operator.ts'
import { defineRoute } from '../../route.ts'

/** What secrets there are, never what they say. */
export const readSecrets = defineRoute({
  method: 'GET',
  path: '/v1/secrets',
  scope: 'secrets:read',
  operationId: 'readSecrets',
  summary: 'By which keys the secrets in the database are sealed; never a secret',
  tag: 'secrets',
  answer: {
    status: 200,
    schema: Type.Object({
      masterKey: Type.String({ description: 'Name of the master key that seals the data keys.' }),
      masterKeptBy: Type.String({
        description: 'hub: a file of its data directory, which it can replace. settings: whoever gives them.',
      }),
      dataKeys: Type.Array(
        Type.Object({
          id: Type.String(),
          masterKey: Type.String({ description: 'The master key that seals it.' }),
          createdAt: Type.String({ description: 'RFC 3339.' }),
          secrets: Type.Integer({ description: 'Secrets that it has sealed.' }),
        }),
        { description: 'The newest first: that one seals, all of them open.' },
      ),
      unsealed: Type.Integer({
        description: 'Secrets that an older release left clear; they are sealed soon after a start.',
      }),
    }),
  },
  handle: async ({ gateway, principal }) => {
    const { master, keys, unsealed } = await gateway.secrets.standing(principal.tenant)
    return {
      body: {
        masterKey: master.name,
        masterKeptBy: master.isOwn ? 'hub' : 'settings',
        dataKeys: keys.map((key) => ({
          id: key.id,
          masterKey: key.master,
          createdAt: new Date(key.createdAt).toISOString(),
          secrets: key.secrets,
        })),
        unsealed,
      },
    }
  },
})

/** A new key for what is sealed. */
export const rotateSecrets = defineRoute({
  method: 'POST',
  path: '/v1/secrets/rotations',
  scope: 'secrets:write',
  operationId: 'rotateSecrets',
  summary: 'New keys for what is sealed, as a job; old and new ones open meanwhile',
  tag: 'secrets',
  body: Type.Object(
    {
      key: Type.Union([Type.Literal('data'), Type.Literal('master')], {
        description:
          'data: a new key of this tenant, and all its secrets sealed anew. master: a new master key, and the data keys sealed anew.',
      }),
      reason: Type.Optional(Type.String({ minLength: 3, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: {
    status: 202,
    schema: Type.Object({
      job: Type.String({ description: '/v1/jobs/{id} says how far it is.' }),
      key: Type.String(),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, body, once } = call
    const { key, reason } = body
    // The master key is of all tenants.
    if (key === 'master') demandOperator(principal.tenant)
    if (key === 'master' && !(await gateway.secrets.standing(principal.tenant)).master.isOwn)
      throw new InterlineError('MASTER_KEY_OUTSIDE')
    const said = reason === undefined ? {} : { reason }
    const about = key === 'data' ? 'a new data key, and every secret sealed anew' : 'a new master key'
    const spec: SecretRotation = { dryRun: false, key, by: principal.name, about, ...said }
    const made = await gateway.backbone.stores.jobs.create(
      { id: `job_${once}`, tenant: principal.tenant, kind: secretRotationKind, spec },
      noteOf(call, { ...said, after: { key } }),
    )
    return { body: { job: made.id, key }, headers: { location: `/v1/jobs/${made.id}` } }
  },
})
