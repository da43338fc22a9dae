import { shortHash } from '../../base/sha256.ts'
import { entities } from '../fact.ts'

/** Numbers by which a partner names what we sent: ISA13 or 0020, GS06, and the number of a document within one kind of set. */
export type NumberScheme = 'interchange_number' | 'group_number' | 'document_number'

/** A transmission by what makes it this one and no other. */
export function transmissionSubject(tenant: string, naturalKey: string): string {
  return `${entities.transmission}_${shortHash(`${tenant}|${naturalKey}`)}`
}

/**
 * The object that stands for one number of a pair of partners and knows which transmission has it. Its id follows from the number, so
 * that an answer finds it without a table of everything that was ever sent.
 */
export function numberSubject(tenant: string, scheme: string, partnership: string, value: string): string {
  const plain = /^\d+$/.test(value) ? value.replace(/^0+(?=\d)/, '') : value
  return `${entities.transmission}_${shortHash(`${tenant}|${scheme}|${partnership}|${plain}`)}`
}

/** How a document is named among those of its kind: `940 80001`. */
export function documentName(set: string, number: string): string {
  return `${set} ${number}`
}
