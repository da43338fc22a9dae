import type { paths } from '../../api/schema.ts'

/** One process as the hub shows it. */
export type ProcessPage =
  paths['/v1/processes/instances/{id}']['get']['responses']['200']['content']['application/json']

/** A part of its statechart. */
export type ChartedBranch =
  paths['/v1/processes/instances/{id}/chart']['get']['responses']['200']['content']['application/json']['branches'][number]
