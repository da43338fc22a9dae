import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { InterlineError } from '../../base/errors.ts'

/** OWASP's first choice of parameters: 19 MiB, two passes, one lane; about 0.1 s. */
const parameters = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const charactersMin = 12
const charactersMax = 200
/** Each takes a core for 0.1 s and 19 MiB. */
const atOnceMax = 2
const waitingMax = 20
const derive = promisify(argon2)

/**
 * Hashes and checks passwords, a few at once: whoever sends many must not take the machine from the goods. Stored as a PHC string, so
 * that other parameters can follow later.
 */
export class Passwords {
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** Throws PEOPLE_BUSY. */
  async hash(password: string): Promise<string> {
    const { memory, passes, parallelism } = parameters
    const salt = randomBytes(16)
    const tag = await this.#derive(password, salt, parameters)
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(salt)}$${plain(tag)}`
  }

  /** Whether this is the password. Without a stored one it takes as long and is false: nobody learns from the time who exists. Throws PEOPLE_BUSY. */
  async fits(password: string, stored: string | undefined): Promise<boolean> {
    const known = readPhc(stored ?? nobody)
    const tag = await this.#derive(password, known.salt, { ...known.parameters, tagLength: known.tag.length })
    return timingSafeEqual(tag, known.tag) && stored !== undefined
  }

  async #derive(password: string, nonce: Uint8Array, rest: typeof parameters): Promise<Buffer> {
    if (this.#running >= atOnceMax) {
      if (this.#waiting.length >= waitingMax) throw new InterlineError('PEOPLE_BUSY')
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#running++
    try {
      return await derive('argon2id', { message: password.normalize('NFKC'), nonce, ...rest })
    } finally {
      this.#running--
      this.#waiting.shift()?.()
    }
  }
}

/** Throws PASSWORD_WEAK. What belongs to the person is what is tried first. */
export function demandStrong(password: string, about: { readonly email: string; readonly name: string }): void {
  const problem = weakness(password, about)
  if (problem !== undefined) throw new InterlineError('PASSWORD_WEAK', { problem })
}

function weakness(password: string, { email, name }: { email: string; name: string }): string | undefined {
  const characters = Array.from(password.normalize('NFKC'))
  if (characters.length < charactersMin) return `it has ${characters.length} characters, ${charactersMin} are the least`
  if (characters.length > charactersMax) return `it has more than ${charactersMax} characters`
  const lower = password.toLowerCase()
  if (new Set(characters).size < 5) return 'it repeats a few characters'
  const own = [email.toLowerCase(), email.toLowerCase().split('@')[0] ?? '', ...name.toLowerCase().split(/\s+/)]
  if (own.some((part) => part.length >= 4 && lower.includes(part))) return 'it holds your name or address'
  if (sequences.some((sequence) => lower.includes(sequence))) return 'it is one of those that everybody tries'
  return undefined
}

/** What long passwords are made of that are found in every list. */
const sequences = [
  ...['123456', '654321', 'qwerty', 'qwertz', 'asdfgh', 'abcdef', 'password', 'passwort', 'letmein', 'iloveyou'],
  ...['welcome1', 'changeme', 'interline', 'administrator', 'football', 'baseball', 'sunshine', 'princess', 'superman'],
]

/** A password that nobody has. */
const nobody = `$argon2id$v=19$m=${parameters.memory},t=${parameters.passes},p=${parameters.parallelism}$${plain(Buffer.alloc(16))}$${plain(Buffer.alloc(32))}`

function readPhc(text: string): { salt: Buffer; tag: Buffer; parameters: typeof parameters } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(text)
  if (match === null) throw new Error('a stored password is not a PHC string of argon2id')
  const [, memory, passes, parallelism, salt = '', tag = ''] = match
  return {
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
    parameters: {
      ...parameters,
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    },
  }
}

/** Base64 without padding, as PHC strings have it. */
function plain(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}
