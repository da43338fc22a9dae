import { type CodeReader, finest, type Mapped } from '../kit/status-table.ts'
import { details, statuses } from './codes.ts'

/**
 * What a status and its detail mean together. The strong statuses win over the detail (`delivered` comes with the detail
 * `arrived_at_destination`); otherwise the detail does, unless it says nothing.
 */
export function meaning(
  codes: CodeReader,
  { status, detail }: { readonly status: string | undefined; readonly detail: string | undefined },
): Mapped {
  const byStatus = codes.read(statuses, status)
  const byDetail = codes.read(details, detail)
  if (status !== undefined && strong.has(status)) return byStatus
  if (byDetail.code !== 'info') return finest(detail === undefined ? undefined : byDetail, byStatus)
  return byStatus.code === 'unknown' ? byDetail : byStatus
}

const strong: ReadonlySet<string> = new Set([
  'available_for_pickup',
  'cancelled',
  'delivered',
  'out_for_delivery',
  'return_to_sender',
])
