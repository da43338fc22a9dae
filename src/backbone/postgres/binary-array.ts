/**
 * A one-dimensional array as PostgreSQL reads it in binary. The driver would write it as a text with quotes and escapes, which costs
 * four times as much here and has to be parsed there. For `unnest($1::text[], …)`.
 */
export function textArray(values: readonly string[]): Buffer {
  let size = headBytes
  for (const value of values) size += 4 + Buffer.byteLength(value)
  const bytes = head(size, { element: textType, count: values.length })
  let at = headBytes
  for (const value of values) {
    const length = bytes.write(value, at + 4)
    bytes.writeInt32BE(length, at)
    at += 4 + length
  }
  return bytes
}

/** The same of whole numbers, for `$1::bigint[]`. */
export function bigintArray(values: readonly number[]): Buffer {
  const bytes = head(headBytes + values.length * 12, { element: bigintType, count: values.length })
  let at = headBytes
  for (const value of values) {
    bytes.writeInt32BE(8, at)
    bytes.writeInt32BE(Math.floor(value / 2 ** 32), at + 4)
    bytes.writeUInt32BE(((value % 2 ** 32) + 2 ** 32) % 2 ** 32, at + 8)
    at += 12
  }
  return bytes
}

const headBytes = 20
/** Numbers of the types in the server's catalogue, which never change. */
const textType = 25
const bigintType = 20

/** One dimension, no NULLs, the first element is number 1. */
function head(size: number, { element, count }: { readonly element: number; readonly count: number }): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  for (const [index, value] of [1, 0, element, count, 1].entries()) bytes.writeInt32BE(value, index * 4)
  return bytes
}
