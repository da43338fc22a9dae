import { InterlineError } from '../../base/errors.ts'
import type { SettingsOf } from '../../base/fields.ts'
import type { Ask, Reading as Judgement, Operation } from '../kit/connector.ts'
import { declaredFiles } from '../kit/file/files-setting.ts'
import { askForFile } from '../kit/file/write-file.ts'
import { Reading } from '../kit/reading.ts'
import type { agreement } from './settings.ts'

type Agreement = SettingsOf<typeof agreement>

/** A shipping order for the warehouse. The same file is written once: a second attempt finds it. */
export const releaseDelivery: Operation<Agreement> = {
  command: 'release_delivery',
  write: true,
  ask: ({ payload }, settings) => ask(payload, settings, { kind: 'shipping_order', number: 'deliveryNumber' }),
  read: ({ status }) => judged(status),
  idempotency: { strategy: 'upsert-by-external-id' },
}

/** An expected receipt for the warehouse. */
export const announceReceipt: Operation<Agreement> = {
  command: 'announce_receipt',
  write: true,
  ask: ({ payload }, settings) => ask(payload, settings, { kind: 'expected_receipt', number: 'asnNumber' }),
  read: ({ status }) => judged(status),
  idempotency: { strategy: 'upsert-by-external-id' },
}

function ask(payload: unknown, { files }: Agreement, about: { kind: string; number: string }): Ask {
  const declared = declaredFiles(files).out.find(({ kind }) => kind.id === about.kind)
  if (declared === undefined) throw new InterlineError('FILE_UNWRITABLE', { problem: `nothing declares ${about.kind}` })
  return askForFile(payload, declared, new Reading(payload).at(about.number).text(100))
}

function judged(status: number): Judgement {
  if (status >= 200 && status < 300) return { outcome: 'applied' }
  if (status === 409) return { outcome: 'refused', reason: 'Another file of that name lies there.' }
  if ([400, 403, 404, 405, 410, 413, 415, 422].includes(status))
    return { outcome: 'refused', reason: `The folder refused the file (${status}).` }
  if ([423, 429, 503].includes(status))
    return { outcome: 'retry', reason: `The folder did not take the file now (${status}).` }
  return { outcome: 'unclear', reason: `The folder answered ${status}.` }
}
