import type { ExceptionRule } from '../../model/shipment/exceptions.ts'
import type { TaskRole } from '../../model/task/roles.ts'

/** How bad it is; the gravest first. */
export const severities = ['critical', 'warning', 'info'] as const satisfies readonly ExceptionRule['severity'][]
/** One of these. */
export type Severity = (typeof severities)[number]

/** Who acts next: somebody of ours by role, or whoever keeps the connections. */
export type ActingRole = TaskRole | 'integration'

/** Something that is open and should not be, as it was found. */
export interface FoundException {
  /** Kind and object; the same for as long as it is about the same thing. */
  readonly id: string
  readonly kind: string
  /** Hub id, or what it is known by. */
  readonly object: string
  /** What people call it; empty where nobody gave it a number. */
  readonly number: string
  /** RFC 3339. Since when it is open. */
  readonly since: string
  readonly severity: Severity
  /** What is wrong, as the hub calls it: categories, codes of errors, states. */
  readonly codes: readonly string[]
  readonly detail: string
  /** How many things it stands for. */
  readonly count: number
  readonly role: ActingRole
  /** Empty where none is known. */
  readonly connection: string
  readonly carrier: string
  readonly warehouse: string
}

/** What a person reads of it. */
export interface ToldException {
  readonly wrong: string
  /** Who is asked or waited for outside; absent where the role itself acts. */
  readonly actor?: string
  readonly action: string
  /** Page of the tower on which it is solved, with the id of what is shown there or the filters of a list. */
  readonly page: string
  readonly shown?: string
  readonly search?: Readonly<Record<string, string>>
}

/** A kind of exceptions: where they are found, and how they are told. */
export interface ExceptionSource {
  /** Snake case; the first part of an id. */
  readonly kind: string
  readonly meaning: string
  /** Pieces of SQL. `:tenant` is whose they are, `:now` the instant of the question. */
  readonly found: ExceptionColumns
  readonly tell: (found: FoundException) => ToldException
}

/** Where exceptions of a kind are, and what is known of each. Plain expressions, so that an index by age can be used. */
export interface ExceptionColumns {
  readonly from: string
  readonly where: string
  readonly object: string
  readonly number: string
  /** A timestamptz. */
  readonly since: string
  readonly severity: string
  /** A text with a space between two codes. */
  readonly codes: string
  readonly detail: string
  readonly role: string
  /** 1 without it. */
  readonly count?: string
  /** Empty without it. */
  readonly connection?: string
  readonly carrier?: string
  readonly warehouse?: string
}

/** A text of SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Several of them, with commas. */
export function quotedAll(texts: readonly string[]): string {
  return texts.map(quoted).join(', ')
}
