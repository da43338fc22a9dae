/** Numbers that look random and are the same in every run: a failure can be seen again. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One to four bytes flipped, removed, doubled, or replaced by a delimiter. */
export function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  const result = [...bytes]
  const count = 1 + Math.floor(random() * 4)
  for (let turn = 0; turn < count; turn++) {
    const at = Math.floor(random() * result.length)
    const kind = Math.floor(random() * 5)
    if (kind === 0) result[at] = (result[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    else if (kind === 1) result.splice(at, 1 + Math.floor(random() * 20))
    else if (kind === 2) result.splice(at, 0, ...result.slice(at, at + Math.floor(random() * 120)))
    else if (kind === 3) result[at] = "*~>+:'?\n\r ^".charCodeAt(Math.floor(random() * 11))
    else result.splice(at, 0, Math.floor(random() * 256))
  }
  return Uint8Array.from(result)
}
