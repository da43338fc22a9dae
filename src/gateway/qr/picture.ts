import { qrMatrix } from './matrix.ts'

/** Light modules around it, without which readers do not find it. */
const margin = 4

/** A text as a picture for cameras: an SVG of two colours, made here. Undefined where the text is too long for one. */
export function qrPicture(text: string): string | undefined {
  const rows = qrMatrix(text)
  if (rows === undefined) return undefined
  const size = rows.length + 2 * margin
  const dark = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x + margin} ${y + margin}h1v1h-1z`] : [])),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path d="${dark.join('')}"/></svg>`
}
