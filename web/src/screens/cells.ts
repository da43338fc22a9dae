/** Cells of a CSV text, line by line; quoted ones may hold commas, quotes and line ends. Empty lines are left out. */
export function cellsOf(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    line.push(quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (line.some((cell) => cell !== '')) lines.push(line)
    line = []
    if (end === '') break
  }
  return lines
}
