import type { LatencyClass, Service } from './service.ts'

/** Something that can be called, subscribed to or run, with what is promised of it. */
export interface CatalogueEntry {
  readonly kind: 'operation' | 'event' | 'process' | 'connector_operation'
  readonly name: string
  readonly about: string
  readonly service: Service
  readonly latency: LatencyClass
  /** Id of its contract; absent for processes, which are known by what they take and tell. */
  readonly contract?: string
  /** Page of the documentation that describes it. */
  readonly page: string
}
