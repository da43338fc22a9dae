/** Reed-Solomon over GF(256) with the polynomial of ISO/IEC 18004: x⁸ + x⁴ + x³ + x² + 1. */
const polynomial = 0x11d

/** The codewords by which a reader mends what it could not see. */
export function correctionOf(data: readonly number[], count: number): readonly number[] {
  const divisor = divisorOf(count)
  const rest = Array.from({ length: count }, () => 0)
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0)
    rest.push(0)
    for (const [at, coefficient] of divisor.entries()) rest[at] = (rest[at] ?? 0) ^ multiply(coefficient, factor)
  }
  return rest
}

/** (x − 1)(x − 2)(x − 4) …, without its leading 1. */
function divisorOf(degree: number): readonly number[] {
  const result = [...Array.from({ length: degree - 1 }, () => 0), 1]
  let root = 1
  for (let step = 0; step < degree; step++) {
    for (let at = 0; at < degree; at++)
      result[at] = multiply(result[at] ?? 0, root) ^ (at + 1 < degree ? (result[at + 1] ?? 0) : 0)
    root = multiply(root, 2)
  }
  return result
}

function multiply(one: number, other: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * polynomial)
    product ^= ((other >>> bit) & 1) * one
  }
  return product
}
