import type { AuditNote } from '../backbone/audit.ts'

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

/** Who people are, for whoever answers them. All of it is of one tenant. */
export interface PrivacyDesk {
  /** Throws NOT_FOUND, PERSON_AMBIGUOUS. */
  export(tenant: string, asked: PersonAsked, note: AuditNote): Promise<PersonExport>
}
