/** A line of CSV (RFC 4180), with its end. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map((cell) => quoted(unharmed(textOf(cell)))).join(',')}\r\n`
}

/** Lists of plain values stand behind each other; what has parts of its own is JSON. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join('; ')
  return JSON.stringify(value)
}

/**
 * A spreadsheet takes a cell that begins like this for a formula, and does what it says: somebody outside could have written it. An
 * apostrophe in front makes it text. A plain number stays one, whatever its sign.
 */
function unharmed(text: string): string {
  return /^\s*[=+\-@\t\r\n＝＋－＠|%]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
