/** Legal transitions of the smaller objects (model.md 4.1). A status that is nobody's key is final; `first` is where an object may begin. */
export interface DocumentRules {
  readonly first: readonly string[]
  readonly next: Readonly<Record<string, readonly string[]>>
  /** Reached from any status that is not final, unless listed in `notAfter`. */
  readonly anytime?: readonly string[]
  readonly notAfter?: readonly string[]
  /** Steps may be skipped forward: many systems report only the end. */
  readonly skips?: readonly string[]
}

const deliverySteps = [
  'created',
  'released',
  'acknowledged',
  'picking',
  'picked',
  'packed',
  'staged',
  'goods_issued',
] as const

/** The rules by kind of object. Shipments and stock have none here: theirs follow from scans and movements. */
export const documentRules = {
  appointment: {
    first: ['requested', 'confirmed'],
    next: {
      requested: ['confirmed', 'no_show', 'cancelled'],
      confirmed: ['rescheduled', 'checked_in', 'no_show', 'cancelled'],
      rescheduled: ['confirmed', 'checked_in', 'no_show', 'cancelled'],
      checked_in: ['at_dock'],
      at_dock: ['loading'],
      loading: ['completed'],
    },
  },
  asn: {
    first: ['received'],
    next: {
      received: ['validated', 'rejected'],
      validated: ['in_transit', 'received'],
      in_transit: ['arrived', 'received'],
      arrived: ['receiving', 'received'],
      receiving: ['received_complete'],
      received_complete: ['closed'],
    },
  },
  carrier: { first: ['active'], next: { active: ['inactive'], inactive: ['active'] } },
  claim: {
    first: ['draft', 'submitted'],
    next: {
      draft: ['submitted'],
      submitted: ['acknowledged'],
      acknowledged: ['accepted', 'partially_accepted', 'rejected'],
      accepted: ['settled'],
      partially_accepted: ['settled'],
      rejected: ['settled', 'closed'],
      settled: ['closed'],
    },
    anytime: ['expired', 'closed'],
  },
  delivery: {
    first: deliverySteps,
    next: { goods_issued: ['staged'] },
    skips: deliverySteps,
    anytime: ['cancelled'],
    notAfter: ['goods_issued'],
  },
  freight_accrual: {
    first: ['estimated', 'posted'],
    next: {
      estimated: ['posted'],
      posted: ['adjusted', 'matched', 'reversed'],
      adjusted: ['adjusted', 'matched', 'reversed'],
    },
  },
  freight_invoice: {
    first: ['received'],
    next: {
      received: ['duplicate', 'unmatched', 'matched', 'variance', 'rejected'],
      unmatched: ['matched', 'variance', 'rejected'],
      matched: ['approved'],
      // Told anew by the carrier, it may turn out to be wrong in itself.
      variance: ['approved', 'disputed', 'short_paid', 'rejected'],
      disputed: ['approved', 'short_paid', 'rejected', 'cancelled'],
      // What was refused may be corrected, and what was held for one sent before may turn out to be the one that counts.
      duplicate: ['received'],
      rejected: ['received'],
      approved: ['posted'],
      short_paid: ['posted'],
      posted: ['paid'],
    },
    anytime: ['cancelled'],
    notAfter: ['approved', 'short_paid', 'posted'],
  },
  goods_receipt: { first: ['open', 'posted'], next: { open: ['posted'], posted: ['reversed'] } },
  invoice: {
    first: ['not_due', 'pending_pod', 'blocked', 'ready', 'released', 'issued'],
    next: {
      not_due: ['pending_pod', 'blocked', 'ready'],
      pending_pod: ['blocked', 'ready'],
      blocked: ['pending_pod', 'ready'],
      ready: ['released'],
      released: ['issued'],
      issued: ['sent', 'disputed', 'credited'],
      sent: ['partially_paid', 'paid', 'disputed', 'credited'],
      partially_paid: ['paid'],
      disputed: ['credited', 'sent'],
    },
    skips: ['not_due', 'pending_pod', 'blocked', 'ready', 'released', 'issued', 'sent'],
    anytime: ['cancelled'],
    notAfter: ['issued', 'sent', 'partially_paid', 'disputed'],
  },
  item: { first: ['active'], next: { active: ['inactive', 'blocked'], inactive: ['active'], blocked: ['active'] } },
  location: { first: ['active'], next: { active: ['inactive'], inactive: ['active'] } },
  order: {
    first: ['received', 'accepted'],
    next: {
      received: ['accepted', 'rejected'],
      accepted: ['on_hold', 'partially_allocated', 'allocated', 'backordered'],
      // It may be held at any time before it has left, goes on where it was, and may leave all the same.
      on_hold: [
        'accepted',
        'partially_allocated',
        'allocated',
        'backordered',
        'released',
        'partially_shipped',
        'shipped',
      ],
      partially_allocated: ['on_hold', 'allocated', 'released'],
      allocated: ['on_hold', 'released'],
      backordered: ['on_hold', 'partially_allocated', 'allocated', 'cancelled'],
      released: ['on_hold', 'partially_shipped', 'shipped'],
      partially_shipped: ['shipped'],
      shipped: ['delivered'],
      delivered: ['closed'],
    },
    anytime: ['cancelled'],
    notAfter: ['partially_shipped', 'shipped', 'delivered'],
  },
  party: { first: ['active'], next: { active: ['inactive'], inactive: ['active'] } },
  payment: { first: ['made'], next: { made: ['reversed'] } },
  purchase_order: {
    first: ['issued'],
    next: {
      issued: ['acknowledged', 'partially_received', 'received'],
      acknowledged: ['partially_received', 'received'],
      partially_received: ['received'],
      received: ['closed'],
    },
    anytime: ['cancelled'],
  },
  quality_hold: {
    first: ['placed'],
    next: {
      placed: ['inspecting', 'released'],
      inspecting: ['released', 'rejected', 'scrapped', 'returned_to_vendor'],
    },
  },
  return: {
    first: ['provisional', 'requested', 'authorized', 'received'],
    next: {
      provisional: ['authorized', 'rejected', 'received'],
      requested: ['authorized', 'rejected', 'received'],
      authorized: ['label_issued', 'in_transit', 'received', 'expired', 'cancelled'],
      label_issued: ['in_transit', 'received', 'expired', 'cancelled'],
      in_transit: ['received'],
      received: ['inspecting'],
      inspecting: ['dispositioned'],
      dispositioned: ['credited'],
      credited: ['closed'],
    },
  },
} as const satisfies Readonly<Record<string, DocumentRules>>

/** A kind of object whose status somebody tells the hub, rather than one that the hub works out. */
export type DocumentEntity = keyof typeof documentRules

/** Whether objects of this kind are smaller ones whose newest report counts. */
export function isDocument(entity: string): entity is DocumentEntity {
  return Object.hasOwn(documentRules, entity)
}

type RulesOf<E extends DocumentEntity> = (typeof documentRules)[E]
/** Every status that the rules of a kind of object name. */
export type StatusOf<E extends DocumentEntity> =
  | RulesOf<E>['first'][number]
  | keyof RulesOf<E>['next']
  | (RulesOf<E>['next'] extends Readonly<Record<string, infer Next>> ? (Next & readonly string[])[number] : never)
  | (RulesOf<E> extends { readonly anytime: readonly (infer Any extends string)[] } ? Any : never)

/** Whether an object may go from one status to another; undefined as `from` is an object that nobody knew. */
export function isLegal(entity: DocumentEntity, from: string | undefined, to: string): boolean {
  const rules: DocumentRules = documentRules[entity]
  if (from === undefined) return rules.first.includes(to) || isCalledOff(entity, to)
  if (rules.next[from]?.includes(to) === true) return true
  const step = rules.skips?.indexOf(from) ?? -1
  if (rules.skips !== undefined && step >= 0 && rules.skips.indexOf(to) > step) return true
  const final = rules.next[from] === undefined && step < 0
  return rules.anytime?.includes(to) === true && !final && rules.notAfter?.includes(from) !== true
}

/** Whether it is the word that calls an object off, which may come before any other: whoever sends it late has not changed his mind. */
function isCalledOff(entity: DocumentEntity, status: string): boolean {
  const { anytime }: DocumentRules = documentRules[entity]
  return status === 'cancelled' && anytime?.includes(status) === true
}

/** Whether an object has been there already, or is there: one that goes through its steps one by one, and any that was announced before. */
export function isPast(entity: DocumentEntity, at: string | undefined, step: string): boolean {
  const { first, skips = [] }: DocumentRules = documentRules[entity]
  if (at !== undefined && step === first[0]) return true
  return at !== undefined && skips.includes(step) && skips.indexOf(at) >= skips.indexOf(step)
}
