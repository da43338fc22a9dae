import type { Lane, NewFact } from './step.ts'

/**
 * The effect ledger: every side effect on the outside is a row with a natural key. A lane is one (tenant, target, key): mutex,
 * schedule and head pointer. States and transitions: docs/explanation/posting.md.
 */
export interface Ledger {
  /** Targets with lanes that are due now and unclaimed, so that each target is claimed for as many as it has room for. */
  due(): Promise<readonly { readonly target: string; readonly lanes: number }[]>
  /** Claims due lanes and returns the head effect of each. Only the head of a lane is ever worked on. */
  claim(request: ClaimRequest): Promise<readonly Claimed[]>
  /** queued → sending, committed before anything leaves (transaction A). Same order as the request. */
  intend(intents: readonly Intent[]): Promise<readonly IntentResult[]>
  /** Fenced by claim epoch. False where the claim was lost: record evidence instead. Same order. */
  conclude(conclusions: readonly Conclusion[]): Promise<readonly boolean[]>
  /** A fact about the world from a holder that lost its claim. Never fenced. A second document reference is a duplicate posting. */
  evidence(rows: readonly Evidence[]): Promise<void>
  evidenceOf(effect: string): Promise<readonly Evidence[]>
  /** Gives lanes back unworked. */
  unclaim(claims: readonly { readonly lane: string; readonly claimEpoch: number }[], nextAt?: number): Promise<void>

  effect(id: string): Promise<Effect | undefined>
  effects(filter: EffectFilter): Promise<readonly Effect[]>
  /** Which of these intents the ledger has, or had: they are never written again, also when retention removed the effect. */
  knownKeys(tenant: string, naturalKeys: readonly string[]): Promise<ReadonlySet<string>>
  attempts(effect: string): Promise<readonly Attempt[]>
  /** Keys of a target with unfinished effects: what a cursor must not overtake. */
  openKeys(target: string): Promise<ReadonlySet<string>>
  /** Operator: queued again (through `unknown` when any attempt had bytes on the wire without a definitive no), applied, cancelled. */
  decide(decision: Decision): Promise<'done' | 'not_allowed' | 'not_found'>
  counts(): Promise<
    readonly {
      readonly target: string
      readonly command: string
      readonly state: EffectState
      readonly count: number
    }[]
  >
}

/**
 * `queued` waits for its turn · `sending` an attempt is under way · `awaiting` the target does it later · `unknown`
 * nobody can say whether it happened · `applied` it happened · `refused` by the target, and `parked` by the hub, until
 * a person decides · `cancelled` by a person.
 */
export type EffectState = 'queued' | 'sending' | 'awaiting' | 'unknown' | 'applied' | 'refused' | 'parked' | 'cancelled'

/** How many due lanes a node takes for how long, and of which targets and urgencies; what is left out limits nothing. */
export interface ClaimRequest {
  readonly node: string
  readonly claimSeconds: number
  readonly limit: number
  /** Targets that must not be claimed now: open breaker, maintenance window, empty budget. */
  readonly except?: readonly string[]
  readonly targets?: readonly string[]
  readonly lanes?: readonly Lane[]
}

/** The head of a lane, for one node alone until the claim runs out. */
export interface Claimed {
  readonly lane: string
  readonly claimEpoch: number
  /** Database time until which the claim holds, ms since 1970. */
  readonly claimUntil: number
  readonly effect: Effect
}

/** What is to happen at a target, and how far it has come. Instants are ms since 1970 by the clock of the database. */
export interface Effect {
  readonly id: string
  readonly tenant: string
  readonly naturalKey: string
  readonly target: string
  readonly key: string
  readonly command: string
  readonly externalReference: string
  readonly payload: string
  readonly lane: Lane
  /** The smaller goes first. */
  readonly priority: number
  readonly state: EffectState
  readonly seq: number
  readonly attempt: number
  /** Attempts that ended without a definitive answer. */
  readonly ambiguous: number
  readonly processDeaths: number
  readonly firstSentAt?: number
  readonly sendDeadline?: number
  readonly notBefore?: number
  readonly nextAt?: number
  readonly expiresAt?: number
  readonly documentReference?: string
  readonly reason?: string
  readonly causation: string
  readonly correlation: string
  readonly trace: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** A claimed effect that is about to leave. */
export interface Intent {
  readonly lane: string
  readonly claimEpoch: number
  readonly effect: string
  /** One attempt in total plus the safety margin (T + M), ms: the attempt may start to leave until claimUntil minus this. */
  readonly reserveMs: number
}

/** `msLeft` from the database's own clock: how long from the statement the attempt may still start to leave. */
export type IntentResult =
  | { readonly ok: true; readonly attempt: number; readonly msLeft: number; readonly sendDeadline: number }
  | { readonly ok: false }

/** What an attempt or a read-back found, and when its lane goes on; the transition table says what may follow what. */
export interface Conclusion {
  readonly lane: string
  readonly claimEpoch: number
  readonly effect: string
  readonly from: 'sending' | 'unknown' | 'queued' | 'awaiting'
  readonly to: EffectState
  /** When the lane is due again, ms since 1970; absent for terminal states (the next head is due at once) and held ones (never). */
  readonly nextAt?: number
  readonly notBefore?: number
  /** The lane's next head must wait until then, though this one is applied (lost first request may still land). */
  readonly holdUntil?: number
  readonly documentReference?: string
  readonly reason?: string
  readonly addAmbiguous?: true
  readonly addProcessDeath?: true
  readonly attempt?: {
    readonly wire: boolean
    readonly outcome: string
    readonly status?: number
    readonly endedAt: number
  }
  /** Outcome facts to append with it (effect.applied, effect.refused, effect.parked). */
  readonly fact?: NewFact
}

/** What somebody saw at the target after the claim was lost; `seenAt` in ms since 1970. */
export interface Evidence {
  readonly effect: string
  readonly attempt: number
  readonly seenAt: number
  readonly kind: 'answer' | 'read_back' | 'operator'
  readonly documentReference?: string
  /** What the target told about it, for the process that asked: a label has tracking numbers. */
  readonly answer?: Readonly<Record<string, unknown>>
  readonly detail?: string
}

/** One attempt at an effect, in ms since 1970; without `endedAt` it is under way, or its node died. `wire`: bytes may have left. */
export interface Attempt {
  readonly effect: string
  readonly attempt: number
  readonly claimEpoch: number
  readonly intentAt: number
  readonly sendDeadline: number
  readonly wire?: boolean
  readonly endedAt?: number
  readonly outcome?: string
  readonly status?: number
}

/** Which effects are wanted: those that fit everything that is named, in order of id after `after`, at most `limit`. */
export interface EffectFilter {
  readonly tenant?: string
  readonly target?: string
  readonly command?: string
  readonly state?: readonly EffectState[]
  readonly correlation?: string
  readonly causation?: string
  /** Caused by one of these facts. */
  readonly causations?: readonly string[]
  readonly naturalKey?: string
  /** Changed at or after, ms since 1970. */
  readonly updatedSince?: number
  readonly after?: string
  readonly limit: number
}

/** What a person may decide about an effect that waits for one. */
export const operatorActions = ['release', 'edit', 'applied', 'cancel'] as const

/**
 * What a person decides about an effect, and why; `payload` replaces what is sent (`edit`), `documentReference` says
 * what was found (`applied`).
 */
export interface Decision {
  readonly effect: string
  readonly action: (typeof operatorActions)[number]
  readonly payload?: string
  readonly documentReference?: string
  readonly reason: string
  /** Who decides, as the audit log names them. */
  readonly by: string
  /** Where the decision came from, and its trace, for the audit log. */
  readonly address?: string
  readonly trace?: string
  /** Outcome fact to append with it, for whoever waits for the effect. */
  readonly fact?: NewFact
}
