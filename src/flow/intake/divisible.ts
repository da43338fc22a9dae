import type { Message } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Document } from '../../connectors/kit/connector.ts'
import type { Connection } from '../connection.ts'

/**
 * Whether the parts of a large message mean what it means. Judged like a file; what a judge would refuse is read as the message that it is,
 * and so is what is about one number: its parts must not be overtaken.
 */
export function isDivisible(
  { id, connector, settings }: Pick<Connection, 'id' | 'connector' | 'settings'>,
  message: Message,
  document: Document,
): boolean {
  const large = connector.inbound?.large
  const { body, headers, orderKey, receivedAt, id: messageId } = message
  // An event that carries the document is not cut: its parts would be none.
  if (large === undefined || body.length <= large.bytesAbove || orderKey !== undefined || document.bytes !== body)
    return false
  if (large.countsWhole?.(document, { settings, connection: id, receivedAt, messageId }) === true) return false
  try {
    const judge = large.judge(settings, { name: headers['interline-file'] ?? '' })
    for (let at = 0; at < body.length; at += pieceBytes) judge.feed(body.subarray(at, at + pieceBytes))
    const { indivisible, problem } = judge.end()
    return indivisible === undefined && problem === undefined
  } catch (error) {
    if (error instanceof InterlineError) return false
    throw error
  }
}

const pieceBytes = 32 * 1024
