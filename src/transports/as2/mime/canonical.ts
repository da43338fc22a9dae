/** Every line ended by CRLF, as mail does it (RFC 2049 §4). The same bytes where they are so already. */
export function canonicalLines(bytes: Buffer): Buffer {
  let missing = 0
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) if (bytes[at - 1] !== 0x0d) missing++
  if (missing === 0) return bytes
  const canonical = Buffer.allocUnsafe(bytes.length + missing)
  let to = 0
  for (let from = 0; from < bytes.length; from++) {
    const byte = bytes[from] ?? 0
    if (byte === 0x0a && bytes[from - 1] !== 0x0d) canonical[to++] = 0x0d
    canonical[to++] = byte
  }
  return canonical
}
