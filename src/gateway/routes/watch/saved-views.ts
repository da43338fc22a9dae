import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { SavedView } from '../../../registry/saved-views.ts'
import { noteOf } from '../../access/audit-note.ts'
import { newId } from '../../access/key.ts'
import type { Principal } from '../../access/principal.ts'
import { defineRoute } from '../../route.ts'

const listPath = Type.String({
  pattern: '^/[a-z0-9/#-]{0,99}$',
  description: 'Address of the list in the control tower, such as /shipments.',
})

const view = Type.Object({
  id: Type.String(),
  list: Type.String(),
  name: Type.String(),
  search: Type.String({ description: 'Query of the address: filters, columns, order.' }),
  shared: Type.Boolean({ description: 'Everybody of the tenant sees it.' }),
  own: Type.Boolean({ description: 'Kept by whoever asks, who alone may change it.' }),
  changedAt: Type.String({ description: 'RFC 3339.' }),
})

/** Views that one person or key may keep, and that are shown of one list. */
const ownMost = 200
const shownMost = 400

/** Of one list at a time. */
export const listSavedViews = defineRoute({
  method: 'GET',
  path: '/v1/views',
  scope: 'signed-in',
  operationId: 'listSavedViews',
  summary: 'Views of a list: own ones, and those that others of the tenant share',
  tag: 'views',
  query: Type.Object({ list: listPath }, { additionalProperties: false }),
  answer: { status: 200, schema: Type.Object({ data: Type.Array(view) }) },
  handle: async ({ gateway, principal, query }) => {
    demandAdmitted(principal)
    const { tenant, key: owner } = principal
    const views = await gateway.savedViews.list({ tenant, owner, list: query.list, limit: shownMost })
    return { body: { data: views.map((one) => shown(one, principal)) } }
  },
})

/** The own one of that name, new or in place of the old. */
export const saveView = defineRoute({
  method: 'POST',
  path: '/v1/views',
  scope: 'signed-in',
  operationId: 'saveView',
  summary: 'Keep a view of a list; an own one of the same name is replaced',
  tag: 'views',
  repeatable: 'sets',
  body: Type.Object(
    {
      list: listPath,
      name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
      search: Type.String({ maxLength: 2000 }),
      shared: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  answer: { status: 201, schema: view },
  handle: async (call) => {
    const { gateway, principal, body } = call
    demandAdmitted(principal)
    const { list, search, shared = false } = body
    const name = body.name.trim()
    const wish = { id: newId('viw', gateway.randomBytes), tenant: principal.tenant, owner: principal.key }
    const note = noteOf(call, { after: { list, name, search, shared } })
    const saved = await gateway.savedViews.save({ ...wish, list, name, search, shared }, note, ownMost)
    if (saved === undefined) throw new InterlineError('VIEWS_TOO_MANY', { most: ownMost })
    return { body: shown(saved, principal) }
  },
})

/** Only of whoever keeps it. */
export const removeView = defineRoute({
  method: 'DELETE',
  path: '/v1/views/{id}',
  scope: 'signed-in',
  operationId: 'removeView',
  summary: 'Give up an own view',
  tag: 'views',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call) => {
    const { gateway, principal, params } = call
    demandAdmitted(principal)
    const about = { tenant: principal.tenant, owner: principal.key, id: params['id'] ?? '' }
    if (!(await gateway.savedViews.remove(about, noteOf(call))))
      throw new InterlineError('NOT_FOUND', { what: 'view of yours with this id' })
    return {}
  },
})

/** Views tell of the business of colleagues: nothing for whoever may do nothing yet, before their second factor. Throws SCOPE_MISSING. */
function demandAdmitted({ scopes }: Principal): void {
  if (scopes.length === 0) throw new InterlineError('SCOPE_MISSING', { scope: 'of any list' })
}

function shown({ id, list, name, search, shared, owner, changedAt }: SavedView, principal: Principal) {
  return { id, list, name, search, shared, own: owner === principal.key, changedAt: new Date(changedAt).toISOString() }
}
