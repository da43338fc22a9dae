import openapiTs, { astToString } from 'openapi-typescript'

/** TypeScript types of an OpenAPI document: all that the pages of the control tower know of the hub. */
export async function apiTypes(document: unknown): Promise<string> {
  return astToString(await openapiTs(JSON.stringify(document), { silent: true }))
}
