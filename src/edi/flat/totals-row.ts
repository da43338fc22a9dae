const words = /^(?:zwischen|end|gesamt)?summen?:?$|^(?:insgesamt|gesamt|(?:grand |sub)?totals?|sum):?$/i
const number = /^[-+]?\d[\d.,'\s]*-?$/

/** Whether a row looks like the sums that a spreadsheet writes below a table: a word for it, and numbers or nothing in all other cells. */
export function isTotalsRow(cells: readonly string[]): boolean {
  const first = cells.findIndex((cell) => cell.trim() !== '')
  const [word, ...others] = cells.slice(Math.max(0, first)).map((cell) => cell.trim())
  if (word === undefined || word.length > wordMost || !words.test(word)) return false
  return others.some((cell) => cell !== '') && others.every((cell) => cell === '' || number.test(cell))
}

/** Longer cells are no word for a sum. */
const wordMost = 20
