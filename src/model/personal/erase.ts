import { type Card, cardsOf, isCardOf } from './known.ts'
import { changePersonal } from './mask.ts'
import { erasedMark, type Spotter } from './spotter.ts'

/**
 * The same document without this person, and of the same shape: the mark stands in the parts about them, and in texts wherever they are
 * named; coordinates of their door go. What is about others stays. `isTheirs`: of an object that they have a part in. Gives the document
 * itself where nothing of them is in it.
 */
export function erasedFrom(document: unknown, spotter: Spotter, isTheirs: boolean): unknown {
  const theirs = new Set<object>(
    cardsOf(document)
      .filter((card: Card) => isCardOf(spotter, card, isTheirs) || (isTheirs && isSigned(card)))
      .map(({ holder }) => holder),
  )
  let count = 0
  const change = (personal: unknown): unknown => {
    const made = blank(personal)
    if (JSON.stringify(made) !== JSON.stringify(personal)) count++
    return made
  }
  const parted = changePersonal(document, (personal, { holder }) => (theirs.has(holder) ? change(personal) : personal))
  const isTextTheirs = isTheirs || theirs.size > 0 || spotter.isAbout(JSON.stringify(document))
  const blotted = isTextTheirs ? texts(parted, (text) => spotter.blotted(text)) : parted
  return count === 0 && JSON.stringify(blotted) === JSON.stringify(document) ? document : blotted
}

/** Whoever signed for their parcel says who took it. */
function isSigned({ values }: Card): boolean {
  return values.some(({ name }) => name === 'signedBy')
}

/** Texts get the mark; numbers and objects, as coordinates are, go. */
function blank(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? value : erasedMark
  if (Array.isArray(value)) return value.map(blank).filter((one) => one !== undefined)
  return value === null || typeof value === 'boolean' ? value : undefined
}

function texts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => texts(one, change))
  if (typeof value !== 'object' || value === null) return value
  const made = new Map<string, unknown>()
  for (const [name, member] of Object.entries(value)) {
    // A key that is made of data, as the cells of a stock are, may name somebody too; a member of the model is a word, and stays.
    const key = /^\w*$/.test(name) ? name : change(name)
    let free = key
    for (let n = 2; made.has(free); n++) free = `${key} ${n}`
    made.set(free, texts(member, change))
  }
  return Object.fromEntries(made)
}
