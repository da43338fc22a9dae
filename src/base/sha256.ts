/** SHA-256 (FIPS 180-4) in pure code, for ids that must come out the same on every run and machine. About 3 µs for a short text. */
export function sha256(input: string | Uint8Array): Uint8Array {
  const bytes = typeof input === 'string' ? encoder.encode(input) : input
  state.set(begin)
  const padded = pad(bytes)
  for (let at = 0; at < padded.length; at += 64) compress(padded, at)
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = word(state, i >> 2) >>> (24 - (i % 4) * 8)
  return digest
}

const begin = Uint32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
)
const encoder = new TextEncoder()
/** Of the hash that is being made; nothing of it lasts. */
const state = new Uint32Array(8)
const words = new Uint32Array(64)

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The first 130 bits as 26 characters of Crockford's base 32, the width of a ULID. */
export function shortHash(input: string): string {
  const digest = sha256(input)
  let text = ''
  let bits = 0
  let held = 0
  for (let i = 0; text.length < 26; ) {
    if (bits < 5) {
      held = ((held << 8) | (digest[i++] ?? 0)) & 0xffff
      bits += 8
    }
    bits -= 5
    text += alphabet[(held >> bits) & 31]
  }
  return text
}

/** The first 128 bits as 32 hex digits, the width of a W3C trace id. */
export function hexHash(input: string): string {
  return [...sha256(input).subarray(0, 16)].map((one) => one.toString(16).padStart(2, '0')).join('')
}

function pad(bytes: Uint8Array): Uint8Array {
  const length = ((bytes.length + 8) >> 6) * 64 + 64
  const padded = new Uint8Array(length)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const bits = bytes.length * 8
  for (let i = 0; i < 6; i++) padded[length - 1 - i] = Math.floor(bits / 2 ** (8 * i)) & 0xff
  return padded
}

const constants = Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)))

function compress(block: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) {
    const j = at + i * 4
    words[i] = (byte(block, j) << 24) | (byte(block, j + 1) << 16) | (byte(block, j + 2) << 8) | byte(block, j + 3)
  }
  for (let i = 16; i < 64; i++) {
    const a = word(words, i - 15)
    const b = word(words, i - 2)
    words[i] =
      word(words, i - 16) +
      (rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)) +
      word(words, i - 7) +
      (rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10))
  }
  let a = word(state, 0)
  let b = word(state, 1)
  let c = word(state, 2)
  let d = word(state, 3)
  let e = word(state, 4)
  let f = word(state, 5)
  let g = word(state, 6)
  let h = word(state, 7)
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + word(constants, i) + word(words, i)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = word(state, 0) + a
  state[1] = word(state, 1) + b
  state[2] = word(state, 2) + c
  state[3] = word(state, 3) + d
  state[4] = word(state, 4) + e
  state[5] = word(state, 5) + f
  state[6] = word(state, 6) + g
  state[7] = word(state, 7) + h
}

function rotate(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by))
}

function word(words: Uint32Array, at: number): number {
  return words[at] ?? 0
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}

function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32)
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}
