import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation } from '../terminal/invocation.ts'

const rowsMax = 1000
const columns = ['id', 'connection', 'receivedAt', 'status', 'code', 'identity', 'bytes', 'subjects'] as const

/** Filters that only messages have. */
export const messageFilters = ['connection', 'partner', 'state', 'identity'] as const
const others = ['reference', 'status', 'posting', 'party', 'location', 'carrier'] as const

/** `interline list messages`: what arrived, the newest first; what is asked of documents only, the hub refuses. */
export async function listMessages(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const query = {
    ...Object.fromEntries([...messageFilters, ...others].map((name) => [name, options.text(name)])),
    contentType: options.text('type'),
    receivedFrom: options.text('since'),
    receivedTo: options.text('until'),
    late: options.flag('late') ? 'true' : undefined,
    task: options.flag('task') ? 'true' : undefined,
  }
  const rows = await invocation.hub().list('/v1/messages', query, rowsMax)
  const flat = rows.map((row) => ({
    ...row,
    subjects: Array.isArray(row['subjects']) ? row['subjects'].join(', ') : '',
  }))
  output.rows(output.json ? rows : flat, columns, 'Nothing fits.')
  if (rows.length === rowsMax) output.progress(`only the newest ${rowsMax}; --until goes on`)
  return exitCodes.ok
}
