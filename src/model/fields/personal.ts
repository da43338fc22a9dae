import type { TSchema } from 'typebox'

/** Marks a member that tells who somebody is, or how to reach them. A symbol: published schemas say the same with and without it. */
export const personalMember = Symbol('personal')
/** Marks a part that is about a person: whatever a sender puts into it besides the declared members is personal, too. */
export const personalPart = Symbol('part about a person')

/** Marks a member that people, or other systems, fill with words of their own: it may name anybody. */
export const freeTextMember = Symbol('free text')
/** Marks a member that gathers what is known of a case: words of the model beside words that somebody chose. */
export const gatheredMember = Symbol('gathered')

/** How a part about a person is found in documents whose words are kept as they came. */
export interface PersonalPlace {
  /** Names of members that hold one, or several; those of the declarations count anyway. */
  readonly words?: readonly string[]
  /** It is one only where it has all of these members. */
  readonly has?: readonly string[]
  /** What is not declared is shown, too: all its members are words of the hub. */
  readonly isClosed?: true
  /** Members that are personal here: parts that others hold, too, where they are not. */
  readonly hides?: readonly string[]
}

/** A member that tells who somebody is, or how to reach them. Who has no `personal:read` sees that it is there, and not what it says. */
export function personal<T extends TSchema>(member: T): T {
  return marked(member, { [personalMember]: true })
}

/**
 * A text, or whatever holds texts, that somebody writes as they like. It may name anybody, so who has no `personal:read` sees that it is
 * there, and not what it says; a value that a code list of the same member knows is shown.
 */
export function freeText<T extends TSchema>(member: T): T {
  return marked(member, { [freeTextMember]: true })
}

/**
 * What is known of a case, gathered from many places: figures, instants, numbers of documents, codes, and whatever somebody added. Who has no
 * `personal:read` sees what the model knows to name nobody; texts under other names, and texts of several words, are masked.
 */
export function gathered<T extends TSchema>(member: T): T {
  return marked(member, { [gatheredMember]: true })
}

/** A part that is about a person. Its members that are declared without `personal` are shown; everything else in it is not. */
export function aboutPerson<T extends TSchema>(
  part: T,
  { words = [], has = [], hides = [], isClosed }: PersonalPlace,
): T {
  return marked(part, {
    [personalPart]: {
      words: [...words],
      has: [...has],
      hides: [...hides],
      ...(isClosed === undefined ? {} : { isClosed }),
    },
  })
}

/** A copy, with what the schema knows of itself and does not list. */
function marked<T extends TSchema>(schema: T, mark: object): T {
  return Object.assign(Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema)), mark) as T
}
