import type { AuditNote } from '../../backbone/audit.ts'
import type { Erasure } from '../../registry/erasures.ts'

/** How a person is found. */
export type PersonAsked =
  | { readonly email: string }
  | { readonly phone: string }
  | { readonly name: string; readonly postalCode: string }
  | { readonly reference: string }

/** Everything that is kept about one person, in the words in which it is kept. */
export interface PersonExport {
  /** What they are known by. */
  readonly person: Readonly<Record<'names' | 'reachedBy' | 'streets' | 'postalCodes', readonly string[]>>
  readonly objects: readonly { readonly id: string; readonly state: unknown }[]
  readonly facts: readonly {
    readonly id: string
    readonly type: string
    readonly subject: string
    readonly recordedAt: string
    readonly data: unknown
  }[]
  readonly messages: readonly {
    readonly id: string
    readonly connection: string
    readonly receivedAt: string
    readonly contentType: string
    /** Base64 of the bytes as they came. */
    readonly body: string
  }[]
  /** Rows of other tables: notifications, postings, people who follow, accounts, notes. */
  readonly records: readonly { readonly kind: string; readonly record: Readonly<Record<string, unknown>> }[]
  /** Systems outside that were told of them. */
  readonly told: readonly string[]
  /** False where there was more than one document holds. */
  readonly isComplete: boolean
}

/** What an erasure would do. */
export interface ErasurePreview {
  readonly person: PersonExport['person']
  /** Rows of each kind that are written over, or go. */
  readonly erased: Readonly<Record<string, number>>
  /** What stays, and why. */
  readonly stays: readonly { readonly what: string; readonly count: number; readonly why: string }[]
  /** Postings that name them and have not left, and processes that go on. */
  readonly inUse: { readonly unsent: number; readonly processes: number }
  readonly told: readonly string[]
}

/** What is wanted of an erasure. */
export interface ErasureWish {
  readonly id: string
  readonly job: string
  readonly tenant: string
  readonly asked: PersonAsked
  readonly reason: string
  /** Also where something that is under way still needs them. */
  readonly evenInUse: boolean
  readonly by: string
}

/** A line of the register: enough to erase the same person in a restored backup, and not who it was. */
export type RegisterEntry = Pick<Erasure, 'id' | 'objects' | 'salt' | 'prints'>

/** Who people are, for whoever answers them. All of it is of one tenant. */
export interface PrivacyDesk {
  /** Throws NOT_FOUND, PERSON_AMBIGUOUS. */
  export(tenant: string, asked: PersonAsked, note: AuditNote): Promise<PersonExport>
  /** Throws NOT_FOUND, PERSON_AMBIGUOUS. */
  preview(tenant: string, asked: PersonAsked): Promise<ErasurePreview>
  /** Throws NOT_FOUND, PERSON_AMBIGUOUS, PERSON_IN_USE, ERASURE_NAMES_PERSON. */
  erase(wish: ErasureWish, note: AuditNote): Promise<void>
  /** The same once more, after a restore. False where nothing of them is there. */
  repeat(
    entry: RegisterEntry & Pick<ErasureWish, 'tenant' | 'job' | 'by' | 'reason'>,
    note: AuditNote,
  ): Promise<boolean>
  erasure(tenant: string, id: string): Promise<Erasure | undefined>
  /** The newest first. */
  erasures(
    tenant: string,
    page: { readonly before?: { readonly at: number; readonly id: string }; readonly limit: number },
  ): Promise<readonly Erasure[]>
}
