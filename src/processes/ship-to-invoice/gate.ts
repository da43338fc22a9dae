import { compare, subtract } from '../../base/decimal.ts'
import type { Instant } from '../../base/instant.ts'
import type { Line } from '../told-document.ts'
import { record, text } from '../told-document.ts'
import { type Carried, type Here, invoicesOf } from './known.ts'

/** What an invoice waits for. */
export type ProofRequired = 'none' | 'delivered_event' | 'pod_document' | 'clean_pod'

/** A condition that is not met. */
export interface Unmet {
  readonly condition: string
  /** Whose turn it is. */
  readonly owner: 'carrier' | 'customer' | 'warehouse' | 'finance' | 'erp'
  readonly since?: Instant
}

const proofs: ReadonlySet<string> = new Set([
  'none',
  'delivered_event',
  'pod_document',
  'clean_pod',
] satisfies ProofRequired[])

/**
 * What the invoice of this delivery waits for: what is set for the customer, else for all, else what the Incoterms say (D terms need a
 * proof, the others none), else a proof.
 */
export function proofRequired(scope: Here): ProofRequired {
  const { customer, incoterms } = scope.known.delivery ?? {}
  const own = text(record(scope.policies['customers'])[customer ?? ''])
  const set = own ?? text(scope.policies['proofRequired'])
  if (set !== undefined && proofs.has(set)) return set as ProofRequired
  if (incoterms === undefined) return 'pod_document'
  return incoterms.startsWith('D') ? 'pod_document' : 'none'
}

function carried({ known }: Here): readonly Carried[] {
  return Object.values(known.shipments).filter(({ total }) => total > 0)
}

/** Whether every package is delivered; with `podProvesDelivery` a proof of each is as good. */
export function isDelivered(scope: Here): boolean {
  const all = carried(scope)
  const isThere = ({ total, delivered, proven }: Carried): boolean =>
    delivered >= total || (scope.policy('podProvesDelivery', true) && proven >= total)
  return all.length > 0 && all.every(isThere)
}

/** Whether the carriers bring back all of it: nobody will ever prove that it was delivered. */
export function isComingBack(scope: Here): boolean {
  const all = carried(scope)
  return all.length > 0 && all.every(({ isReturning }) => isReturning)
}

/** Whether every package has a proof of delivery. */
export function isProven(scope: Here): boolean {
  const all = carried(scope)
  return all.length > 0 && all.every(({ total, proven }) => proven >= total)
}

/** Whether what the policy wants is there. */
export function isSatisfied(scope: Here): boolean {
  const required = proofRequired(scope)
  if (required === 'none') return true
  return isDelivered(scope) && (required === 'delivered_event' || isProven(scope))
}

/** When the last package was delivered; its proof may be all that says so. */
export function deliveredAt(scope: Here): Instant | undefined {
  return carried(scope)
    .flatMap((one) => one.deliveredAt ?? [])
    .toSorted()
    .at(-1)
}

/** What was written against the delivery, in words: by carriers, and by the customer’s own receipt. */
export function notes({ known }: Here): readonly string[] {
  const scans = Object.values(known.shipments).flatMap(({ notations }) => notations)
  const received = Object.values(known.differences).map(
    ({ kind, sku, expected, said }) => `${kind} ${sku}: ${said} of ${expected}`,
  )
  const all = [...new Set([...scans, ...received])].toSorted()
  return all.length <= notesMax ? all : [...all.slice(0, notesMax), `${all.length - notesMax} more`]
}

/** What a person reads. All of them count for what is billed. */
const notesMax = 100

/** What the customer accepted: what was shipped, less what is short, damaged or rejected. */
export function accepted({ known }: Here): readonly Line[] {
  const lines = known.delivery?.lines ?? []
  const less = new Map<string, string>()
  for (const { kind, sku, expected, said } of Object.values(known.differences)) {
    const missing = kind === 'short' ? subtract(expected, said) : kind === 'damaged' || kind === 'rejected' ? said : '0'
    less.set(sku, subtract(less.get(sku) ?? '0', negative(missing)))
  }
  return lines.flatMap((line) => {
    const open = less.get(line.sku) ?? '0'
    if (line.quantity === undefined || compare(open, '0') <= 0) return [line]
    const taken = compare(open, line.quantity) > 0 ? line.quantity : open
    less.set(line.sku, subtract(open, taken))
    const quantity = subtract(line.quantity, taken)
    return compare(quantity, '0') === 0 ? [] : [{ ...line, quantity }]
  })
}

function negative(quantity: string): string {
  return subtract('0', quantity)
}

/** Packages that may be billed by themselves, where the policy allows it: delivered and, where a proof is needed, proven with all. */
export function billable(scope: Here): readonly string[] {
  if (scope.policy('partialBilling', 'none') !== 'per_package') return []
  const required = proofRequired(scope)
  return Object.values(scope.known.shipments)
    .flatMap(({ packages, proven }) => {
      const there = Object.entries(packages).flatMap(([id, status]) => (status === 'delivered' ? [id] : []))
      // Which package a proof belongs to is not told: those that are there are proven when there are as many proofs.
      const isEnough = required === 'none' || required === 'delivered_event' || proven >= there.length
      return isEnough ? there : []
    })
    .toSorted()
}

/**
 * Whether packages are billed by themselves. Where only some of the delivery was accepted they are not: nobody tells in which package the
 * rest was.
 */
export function isByPackage(scope: Here): boolean {
  return scope.policy('partialBilling', 'none') === 'per_package' && scope.chosenIn('main')['lines'] === undefined
}

/**
 * Whether only a person can bill what was accepted: packages were billed before something was written against the delivery, and what was
 * in them is not told, or the lines of the delivery are not.
 */
export function isByHand(scope: Here): boolean {
  if (scope.chosen['lines'] === undefined) return false
  return scope.states('package').length > 0 || (scope.known.delivery?.lines ?? []).length === 0
}

/** Each package that is billed by itself has an invoice of its own: only one more than these was not asked for. */
export function isMadeElsewhere(scope: Here): boolean {
  const issued = invoicesOf(scope.known).filter(({ said }) => said.includes('issued')).length
  return issued > scope.states('package').length
}

/** Whether the customer accepted nothing of what left. */
export function isAllRefused(scope: Here): boolean {
  return (scope.known.delivery?.lines ?? []).length > 0 && accepted(scope).length === 0
}

/** Whether the ERP has all that it was told to bill. */
export function isReleased(scope: Here): boolean {
  if (isByPackage(scope))
    return billable(scope).length > 0 && scope.states('package').every((state) => state !== 'releasing')
  return scope.outcome('release') !== undefined && scope.done('release')
}

/** What would have to happen before the invoice is released, with whose turn it is and since when. Empty: nothing stands in its way. */
export function explain(scope: Here): readonly Unmet[] {
  const { known } = scope
  const required = proofRequired(scope)
  if (required === 'none') return []
  const all = Object.entries(known.shipments)
  const since = known.delivery?.issuedAt
  const unheard: readonly Unmet[] =
    all.length === 0
      ? [
          {
            condition: 'no shipment is known for the delivery',
            owner: 'warehouse',
            ...(since === undefined ? {} : { since }),
          },
        ]
      : []
  const undelivered = all.flatMap(([, { total, delivered, packages }]): readonly Unmet[] => {
    if (delivered >= total && total > 0) return []
    const open = Object.entries(packages).filter(([, status]) => status !== 'delivered')
    const which =
      open.length === 0 ? [`${total - delivered} of ${total} packages`] : open.map(([id]) => `package ${id}`)
    return which.map((one) => ({
      condition: `${one}: not delivered`,
      owner: 'carrier',
      ...(since === undefined ? {} : { since }),
    }))
  })
  const at = deliveredAt(scope)
  const unproven = all.flatMap(([, { total, proven }]): readonly Unmet[] =>
    required === 'delivered_event' || proven >= total
      ? []
      : [
          {
            condition: `${total - proven} of ${total} packages: no proof of delivery`,
            owner: 'carrier',
            ...(at === undefined ? {} : { since: at }),
          },
        ],
  )
  const unclean = notes(scope).map(
    (note): Unmet => ({
      condition: `a note against the delivery: ${note}`,
      owner: 'finance',
      ...(at === undefined ? {} : { since: at }),
    }),
  )
  return [...unheard, ...undelivered, ...unproven, ...unclean]
}

/** What speaks against an invoice that is out; empty where nothing does. */
export function news(scope: Here): string {
  const { delivery } = scope.known
  const required = proofRequired(scope)
  const isMissing =
    required !== 'none' && scope.choice('waivedBy') === '' && scope.choice('proof') === '' && !isSatisfied(scope)
  return [
    ...(delivery?.isReversed === true ? ['goods issue reversed'] : []),
    ...(isMissing ? explain(scope).map(({ condition }: Unmet) => condition) : []),
    ...invoicesOf(scope.known).flatMap(({ said, number }, at) =>
      said.includes('disputed') ? [at === 0 ? 'disputed' : `invoice ${number} disputed`] : [],
    ),
    ...(required === 'none' || required === 'delivered_event' ? [] : notes(scope)),
  ].join('; ')
}
