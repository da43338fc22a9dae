/**
 * Cells of a CSV text, line by line; quoted ones may hold commas, quotes and line ends. Empty lines are left out. A quote within a cell, or
 * one that is never closed, is a sign like any other: nothing of a cell is dropped.
 */
export function cellsOf(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  for (let at = 0; at <= text.length; ) {
    const quoted = text[at] === '"' ? quotedCell(text, at) : undefined
    const end = quoted?.end ?? bareEnd(text, at)
    line.push(quoted?.cell ?? text.slice(at, end).trim())
    at = end + 1
    if (text[end] === ',') continue
    if (text.startsWith('\r\n', end)) at++
    if (line.some((cell) => cell !== '')) lines.push(line)
    line = []
  }
  return lines
}

/** Undefined where the quote is not closed, or text goes on behind it. */
function quotedCell(text: string, from: number): { readonly cell: string; readonly end: number } | undefined {
  for (let close = text.indexOf('"', from + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    if (text[close + 1] === '"') close++
    else {
      const end = close + 1 + (/^[ \t]*/.exec(text.slice(close + 1, close + 100))?.[0].length ?? 0)
      const isEnd = end >= text.length || [',', '\r', '\n'].includes(text[end] ?? '')
      return isEnd ? { cell: text.slice(from + 1, close).replaceAll('""', '"'), end } : undefined
    }
  }
  return undefined
}

function bareEnd(text: string, from: number): number {
  const found = text.slice(from).search(/[,\r\n]/)
  return found < 0 ? text.length : from + found
}
