import type { Instant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import type { Data } from '../posting.ts'
import { present, record, text } from '../told-document.ts'

/** What the process knows of one claim. */
export interface Known {
  /** Hub id of the object that was told first. */
  readonly id: string
  readonly said: readonly string[]
  readonly against: string
  readonly type: string
  readonly party?: string
  readonly regime?: string
  /** When it happened: time limits run from then. */
  readonly happenedAt?: Instant
  readonly fileBy?: string
  readonly lines: readonly unknown[]
  /** What the claim is about, by the names that documents have for it. */
  readonly basis: Data
  readonly settlement?: Data
}

/** What a guard of this process looks at. */
export type Here = Scope<Known>

/** What nobody has told yet. */
export const nothing: Known = { id: '', said: [], against: '', type: '', lines: [], basis: {} }

const basis = ['purchaseOrderNumber', 'receiptNumber', 'deliveryNumber', 'returnNumber', 'invoiceNumber'] as const

function keys(fact: Fact): readonly string[] {
  const number = text(record(record(fact.data)['object'])['claimNumber'])
  return number === undefined ? [] : [number]
}

function take(fact: Fact): Data {
  const [, happened = ''] = fact.type.split('.')
  const { against, type, party, regime, happenedAt, fileBy, lines, settlement, ...object } = record(
    record(fact.data)['object'],
  )
  return {
    happened,
    ...present('against', text(against)),
    ...present('type', text(type)),
    ...present('party', text(party)),
    ...present('regime', text(regime)),
    ...present('happenedAt', text(happenedAt)),
    ...present('fileBy', text(fileBy)),
    ...(Array.isArray(lines) ? { lines: lines as unknown[] } : {}),
    ...(settlement === undefined ? {} : { settlement: record(settlement) }),
    basis: Object.fromEntries(
      basis.flatMap((name) => (text(object[name]) === undefined ? [] : [[name, text(object[name])]])),
    ),
  }
}

/** What one side leaves out the other has said. */
function remember(known: Known, { subject, data }: Told): Known {
  const {
    happened,
    basis: about,
    ...told
  } = data as Partial<Known> & { readonly happened: string; readonly basis: Data }
  const said = [...new Set([...known.said, happened])].toSorted()
  return { ...known, ...told, id: known.id === '' ? subject : known.id, said, basis: { ...known.basis, ...about } }
}

const hears = (about: string, starts?: true): Subscription<Known> => ({
  about,
  keys,
  take,
  remember,
  ...present('starts', starts),
})

/** What is said about a claim: by the process that opens it, by people, by the other side. */
export const subscribes: Readonly<Record<string, Subscription<Known>>> = {
  'claim.accepted': hears('The other side will pay all of it.'),
  'claim.acknowledged': hears('The other side has it.'),
  'claim.changed': hears('It was written anew.'),
  'claim.closed': { ...hears('It was withdrawn, or is over.'), cancels: () => 'The claim was closed.' },
  'claim.draft': hears('Something went wrong, and somebody is to pay for it.', true),
  'claim.partially_accepted': hears('The other side will pay part of it.'),
  'claim.rejected': hears('The other side will not pay.'),
  'claim.settled': hears('Money or goods have come.'),
  'claim.submitted': hears('It was sent.', true),
}
