/** Bytes that stand one behind the other: what is put around a large content does not copy it. */
export type Pieces = readonly Uint8Array[]

/** How many bytes they are. */
export function bytesOf(pieces: Pieces): number {
  return pieces.reduce((sum, one) => sum + one.length, 0)
}
