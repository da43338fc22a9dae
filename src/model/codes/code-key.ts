/** Kinds of things that systems have codes of their own for. */
export const codedKinds = ['item', 'uom', 'location', 'party', 'carrier', 'service'] as const

/** What a code is for; part of the key that its translation is found by. */
export type CodedKind = (typeof codedKinds)[number]

/** A code as one system uses it. */
export interface Code {
  readonly tenant: string
  readonly kind: CodedKind
  /** Id of the system whose code it is. */
  readonly system: string
  /** What the code depends on there: the carrier of a service. Empty: nothing. */
  readonly qualifier: string
  /** Letter for letter. */
  readonly value: string
}

/** A code as one text: what messages wait for, and what translations are found by. */
export function codeKey({ tenant, kind, system, qualifier, value }: Code): string {
  return `code:${JSON.stringify([tenant, kind, system, qualifier, value])}`
}

/** The code of a key that `codeKey` made. */
export function readCodeKey(key: string): Code {
  const [tenant = '', kind = '', system = '', qualifier = '', value = ''] = JSON.parse(key.slice(5)) as string[]
  return { tenant, kind: kind as CodedKind, system, qualifier, value }
}

/** Longer ones are not codes; they are passed on as they are. */
export const codeCharactersMax = 200
