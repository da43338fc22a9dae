import { isDecimal } from '../../base/decimal.ts'

type Members = Readonly<Record<string, unknown>>

/** What of the notices about an order stands: of each the newest edition, and none that was taken back. */
export function standingNotices(notices: readonly Members[]): readonly Members[] {
  const newest = new Map<string, Members>()
  for (const notice of notices) {
    const number = textIn(notice, 'asnNumber')
    const known = newest.get(number)
    if (known === undefined || editionOf(known) < editionOf(notice)) newest.set(number, notice)
  }
  return [...newest.values()].filter(({ purpose }) => purpose !== 'cancelled')
}

/**
 * Items that are announced a second time: by a notice whose number stands for another one that it does not replace, or in a package that
 * another notice has already.
 */
export function announcedTwice(
  notices: readonly Members[],
): readonly { readonly sku: string; readonly said: string }[] {
  const found = new Map<string, string>()
  const say = (line: Members): void => {
    const { sku, quantity } = line
    if (typeof sku === 'string' && isDecimal(quantity)) found.set(sku, quantity)
  }
  const originals = Map.groupBy(
    notices.filter(({ purpose }) => purpose === 'original'),
    (notice) => textIn(notice, 'asnNumber'),
  )
  for (const same of originals.values())
    for (const again of same.toSorted(byEdition).slice(1)) for (const line of linesIn(again)) say(line)
  const packages = new Map<string, string>()
  for (const notice of standingNotices(notices).toSorted(byEdition))
    for (const line of linesIn(notice)) {
      const { sscc } = line
      if (typeof sscc !== 'string') continue
      const number = textIn(notice, 'asnNumber')
      if ((packages.get(sscc) ?? number) !== number) say(line)
      else packages.set(sscc, number)
    }
  return [...found].map(([sku, said]) => ({ sku, said }))
}

const ranks = ['original', 'replacement', 'cancelled']

/** When it was written, then what it does to the one before. */
function editionOf(notice: Members): string {
  return `${textIn(notice, 'sentAt')} ${ranks.indexOf(textIn(notice, 'purpose'))}`
}

function byEdition(a: Members, b: Members): number {
  return editionOf(a) < editionOf(b) ? -1 : 1
}

function linesIn({ lines }: Members): readonly Members[] {
  return Array.isArray(lines) ? (lines as readonly Members[]) : []
}

function textIn(notice: Members, name: string): string {
  const value = notice[name]
  return typeof value === 'string' ? value : ''
}
