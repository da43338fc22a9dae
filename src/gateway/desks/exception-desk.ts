import type { ExceptionClaim } from '../../registry/exception-claims.ts'
import type { ExceptionFilter, ExceptionPage } from '../../watch/exceptions/exception-query.ts'
import type { ExceptionAge, ShownException } from '../../watch/exceptions/exception-rows.ts'

/** What is open and should not be, as a tenant sees it. */
export interface ExceptionDesk {
  list(
    filter: Omit<ExceptionFilter, 'now'>,
    page: ExceptionPage,
  ): Promise<readonly (ShownException & { readonly position: string })[]>
  ages(filter: Omit<ExceptionFilter, 'now'>): Promise<readonly ExceptionAge[]>
  /** Each gives the ids for which it was done. */
  take(claim: ExceptionClaim, takesOver: boolean): Promise<ReadonlySet<string>>
  release(claim: ExceptionClaim): Promise<ReadonlySet<string>>
  acknowledge(claim: ExceptionClaim, note: string): Promise<ReadonlySet<string>>
}
