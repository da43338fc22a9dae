/** Who does something, from what to what, as the audit log is to show it: without secrets. */
export interface AuditNote {
  /** Id and name of the key or person. */
  readonly actor: string
  /** Where the request came from, as the connection says it. */
  readonly address?: string
  /** Id of the trace that the request began. */
  readonly trace?: string
  /** Why, in the words of who did it. */
  readonly reason?: string
  readonly before?: unknown
  readonly after?: unknown
}

/** A row of the audit log that is written together with a step. */
export interface AuditEntry extends AuditNote {
  readonly tenant: string
  /** What was done: `create`, `release`, `decide`. */
  readonly change: string
  /** To what kind of thing, and to which. */
  readonly kind: string
  readonly name: string
  /** `api`, or what is the same whenever the same request comes again: it is told once. */
  readonly source: string
}

const secretName = /secret|password|token|private_?key|api_?key|credential|pin$/i
const depthMost = 20

/** The text of a value before or after, with `[hidden]` for whatever is named like a secret, should somebody forget to leave it out. */
export function auditText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(withoutSecrets(value, 0))
}

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth >= depthMost) return '[deep]'
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      secretName.test(name) && typeof one === 'string' && one !== 'new' ? '[hidden]' : withoutSecrets(one, depth + 1),
    ]),
  )
}
