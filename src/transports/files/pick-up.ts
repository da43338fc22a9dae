import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { InterlineError } from '../../base/errors.ts'
import { PgpFailure } from '../pgp/failure.ts'
import { Completeness, type CompletenessRules } from './completeness.ts'
import { type Folder, FolderFailure, type FolderFile, isFailure } from './folder.ts'
import { nameMatcher } from './name-pattern.ts'
import { isName } from './path.ts'

/** Which files of a folder are taken, when, and what becomes of them. */
export interface PickUpRules extends CompletenessRules {
  /** Patterns of names, `*` and `?`; a file that fits one is taken. */
  readonly names: readonly string[]
  /** What becomes of a file whose bytes are durable in the hub. `leave` is for partners that let nobody rename. */
  readonly after: 'archive' | 'delete' | 'leave'
  /** Larger files are handed over in parts, up to `largeBytesMost`. */
  readonly bytesMost: number
  readonly largeBytesMost: number
  /** Files of one round; the rest waits for the next. */
  readonly filesMost: number
  /** `leave` looks at no file that is older: the memory of what was taken ends some day. */
  readonly oldestDays: number
}

/** A claimed file that is too large to be held. */
export interface LargePickedFile {
  readonly name: string
  readonly size: number
  /** Writes it into a new file of this machine. */
  readonly save: (place: string) => Promise<void>
}

/** One file, read and claimed. */
export interface PickedFile {
  readonly name: string
  readonly body: Uint8Array
  /** What lay beside it as its signature; absent where none is wanted, or it is gone. */
  readonly signature?: Uint8Array
  /** The same when the same file is picked up again after a crash; another one for another upload. */
  readonly identity: string
}

/** Whether a file is taken now: asked before it is claimed, of its bytes as they lie there. */
export type Choose = (file: Pick<PickedFile, 'name' | 'body'>) => Promise<boolean>

/** Who takes the files, by which clock (ms since 1970), and under which name they are claimed. */
export interface PickUpPorts {
  /** Resolves with undefined when the bytes are durable in the hub, else with why the hub never takes them; rejects when it may later. */
  readonly accept: (file: PickedFile) => Promise<string | undefined>
  /** The same for files above `bytesMost`; without it they are refused. */
  readonly acceptLarge?: (file: LargePickedFile) => Promise<string | undefined>
  readonly now: () => number
  /** Begins the names of claimed files; differs between processes. */
  readonly owner: string
  /** Milliseconds after which a file that another process has claimed is taken from it. */
  readonly abandonedMs: number
}

/** What became of the files that one look at a folder found. */
export interface PickUpRound {
  readonly taken: number
  readonly refused: readonly { readonly name: string; readonly reason: string }[]
  /** Files that could not be handled this time. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[]
  /** Documents that are not complete yet, or did not fit into the round. */
  readonly waiting: number
  /** There may be more to do at once. */
  readonly more: boolean
}

const claimed = '.processing'
const separator = '__'

/**
 * Takes files out of a folder so that each is processed once: claim by renaming, read, hand over, put away. A crash between any two
 * steps leaves a claimed file, which is taken again and comes out under the same identity.
 */
export class PickUp {
  readonly #folder: Folder
  readonly #rules: PickUpRules
  readonly #ports: PickUpPorts
  readonly #completeness: Completeness
  readonly #matches: (name: string) => boolean
  #claims = 0
  /** Of others, with the instant at which we first saw it. */
  readonly #foreign = new Map<string, number>()
  /** With `leave`: name, size and time of what was handled. */
  readonly #handled = new Set<string>()
  /** The same of files that somebody else than `only` may take. */
  readonly #passedOver = new Set<string>()

  constructor(folder: Folder, rules: PickUpRules, ports: PickUpPorts) {
    this.#folder = folder
    this.#rules = rules
    this.#ports = ports
    this.#completeness = new Completeness(folder, rules)
    this.#matches = nameMatcher(rules.names)
  }

  /**
   * Fails with a `FolderFailure` when the folder itself cannot be worked with; a file that fails stops no other. With `only` the files that it
   * does not choose stay where they lie, and those that were claimed before; large ones are not looked at.
   */
  async round(only?: Choose): Promise<PickUpRound> {
    const round: Counting = { taken: 0, refused: [], failed: [] }
    const listed = await this.#folder.list('')
    if (this.#rules.after !== 'leave' && only === undefined)
      for (const name of await this.#leftovers()) await this.#one(round, name, () => this.#finish(name))
    // Nobody can handle them here, so somebody must hear that they lie there.
    for (const { name } of listed)
      if (!isName(name) && this.#matches(name)) round.failed.push({ name, reason: 'NAME_REFUSED' })
    const documents = listed.filter((file) => this.#isWanted(file))
    const settled = this.#completeness.settled(listed).filter((file) => this.#isWanted(file))
    const ready = only === undefined ? settled : await this.#chosen(settled, only)
    for (const file of ready.slice(0, this.#rules.filesMost)) await this.#one(round, file.name, () => this.#take(file))
    const handled = round.taken + round.refused.length
    return { ...round, waiting: Math.max(0, documents.length - handled), more: ready.length > this.#rules.filesMost }
  }

  #isWanted(file: FolderFile): boolean {
    if (!isName(file.name) || !this.#matches(file.name) || !this.#completeness.isDocument(file.name)) return false
    if (this.#rules.after !== 'leave') return true
    const writtenAt = file.modifiedAt > 0 ? file.modifiedAt : file.listed?.at
    const isOld = writtenAt !== undefined && writtenAt < this.#ports.now() - this.#rules.oldestDays * 86_400_000
    return !isOld && !this.#handled.has(keyOf(file))
  }

  /** Each file is read once for that, until it is another one. */
  async #chosen(files: readonly FolderFile[], only: Choose): Promise<FolderFile[]> {
    const chosen: FolderFile[] = []
    for (const file of files) {
      if (chosen.length > this.#rules.filesMost) break
      if (file.size > this.#rules.bytesMost || this.#passedOver.has(keyOf(file))) continue
      const body = await this.#folder.read(file.name, this.#rules.bytesMost).catch(unlessMissing)
      if (body !== undefined && (await only({ name: file.name, body }))) chosen.push(file)
      else this.#passedOver.add(keyOf(file))
      const [oldest] = this.#passedOver
      if (this.#passedOver.size > handledMost && oldest !== undefined) this.#passedOver.delete(oldest)
    }
    return chosen
  }

  async #one(round: Counting, name: string, work: () => Promise<Outcome | undefined>): Promise<void> {
    try {
      const outcome = await work()
      if (outcome?.refused === undefined) round.taken += outcome === undefined ? 0 : 1
      else round.refused.push({ name, reason: outcome.refused })
    } catch (error) {
      // Without its folder, or with a hub that takes nothing now, the round is over; else the trouble is this file's.
      if (isFailure(error, ...ofTheFolder) || (error instanceof InterlineError && error.flow === 'retry')) throw error
      // Another process or the sender was quicker.
      if (!isFailure(error, 'MISSING')) round.failed.push({ name, reason: reasonOf(error) })
    }
  }

  async #take(file: FolderFile): Promise<Outcome | undefined> {
    if (!(await this.#completeness.isWhole(file.name))) return undefined
    if (this.#rules.after === 'leave') return this.#takeAndLeave(file)
    // A name of its own: an earlier upload of that name may still lie there.
    const name = `${this.#ports.owner}-${++this.#claims}${separator}${file.name}`
    await this.#folder.rename(file.name, `${claimed}/${name}`, { replace: true })
    const found = await this.#folder.find(`${claimed}/${name}`)
    if (found === undefined || found.size === file.size) return this.#finish(name)
    // The sender was not done after all, and writes on through its open file.
    await this.#folder.rename(`${claimed}/${name}`, file.name)
    return undefined
  }

  async #takeAndLeave(file: FolderFile): Promise<Outcome> {
    const { signature } = this.#rules
    const beside = signature === undefined ? undefined : `${file.name}${signature}`
    const outcome = await this.#handOver(file.name, file, file.name, beside)
    this.#handled.add(keyOf(file))
    const [oldest] = this.#handled
    if (this.#handled.size > handledMost && oldest !== undefined) this.#handled.delete(oldest)
    return outcome
  }

  /** A claimed file, of this round or of a process that ended: everything from reading on. */
  async #finish(name: string): Promise<Outcome> {
    const path = `${claimed}/${name}`
    const original = name.slice(name.indexOf(separator) + separator.length)
    const file = await this.#folder.find(path)
    if (file === undefined) throw new FolderFailure('MISSING', 'the claimed file is gone')
    await this.#dropCompanion(original)
    const signature = await this.#claimSignature(name, original)
    const outcome = await this.#handOver(path, file, original, signature)
    await this.#end(path, original, outcome)
    if (signature !== undefined)
      await this.#end(signature, `${original}${this.#rules.signature ?? ''}`, outcome).catch(unlessMissing)
    return outcome
  }

  async #end(path: string, original: string, { refused }: Outcome): Promise<void> {
    if (refused !== undefined) await this.#putAway(path, 'refused', original)
    else if (this.#rules.after === 'delete') await this.#folder.remove(path)
    else await this.#putAway(path, 'archive', original)
  }

  /** Takes the signature along with its document, so that the one of the next upload is never taken for it. Undefined where it is gone. */
  async #claimSignature(name: string, original: string): Promise<string | undefined> {
    const { signature } = this.#rules
    if (signature === undefined) return undefined
    const path = `${claimed}/${name}${signature}`
    if ((await this.#folder.find(path)) !== undefined) return path
    if ((await this.#folder.find(original)) !== undefined) return undefined
    try {
      await this.#folder.rename(`${original}${signature}`, path)
      return path
    } catch (error) {
      if (isFailure(error, 'MISSING')) return undefined
      throw error
    }
  }

  async #signatureAt(path: string | undefined): Promise<{ readonly signature?: Uint8Array }> {
    if (path === undefined) return {}
    try {
      return { signature: await this.#folder.read(path, signatureMost) }
    } catch (error) {
      // Too large for a signature is none.
      if (isFailure(error, 'MISSING', 'TOO_LARGE')) return {}
      throw error
    }
  }

  async #handOver(path: string, file: FolderFile, original: string, signaturePath?: string): Promise<Outcome> {
    if (file.size > this.#rules.bytesMost) {
      const { acceptLarge } = this.#ports
      const { largeBytesMost } = this.#rules
      if (acceptLarge === undefined || file.size > largeBytesMost) return { refused: 'TOO_LARGE' }
      const save = async (place: string): Promise<void> => {
        await this.#folder.save(path, place, file.size)
        // A document that ends early still reads as one: its rows would be missing for good.
        if ((await stat(place)).size !== file.size) throw new FolderFailure('CHANGED', 'less came than there was')
      }
      return { refused: await acceptLarge({ name: original, size: file.size, save }) }
    }
    const body = await this.#folder.read(path, this.#rules.bytesMost)
    if (body.length !== file.size) throw new FolderFailure('CHANGED', 'the file grew or shrank while it was read')
    const hash = createHash('sha256').update(body).digest('hex')
    const identity = `file:${original}:${file.size}:${file.modifiedAt}:${hash}`
    const signed = await this.#signatureAt(signaturePath)
    return { refused: await this.#ports.accept({ name: original, body, identity, ...signed }) }
  }

  /** A companion that stayed would declare the next file of that name complete at once. */
  async #dropCompanion(original: string): Promise<void> {
    const { companion } = this.#rules
    if (companion === undefined || (await this.#folder.find(original)) !== undefined) return
    await this.#folder.remove(original + companion).catch(unlessMissing)
  }

  /** Under its own name, or with a number where that is used. Never over another file. */
  async #putAway(path: string, subfolder: 'archive' | 'refused', original: string): Promise<void> {
    for (let number = 1; number <= 1000; number++) {
      try {
        return await this.#folder.rename(path, `${subfolder}/${number === 1 ? original : `${original}.${number}`}`)
      } catch (error) {
        if (!isFailure(error, 'EXISTS')) throw error
      }
    }
    await this.#folder.rename(path, `${subfolder}/${original}.${this.#ports.now()}`)
  }

  /** Signatures whose document was put away by a process that ended then. */
  async #putOrphansAway(names: readonly string[]): Promise<void> {
    const { signature } = this.#rules
    if (signature === undefined) return
    const orphans = names.filter(
      (name) => name.endsWith(signature) && !names.includes(name.slice(0, -signature.length)),
    )
    for (const name of orphans)
      await this.#end(`${claimed}/${name}`, name.slice(name.indexOf(separator) + separator.length), {
        refused: undefined,
      }).catch(unlessMissing)
  }

  /** Claimed files that nobody works on: our own, and those of others that have stayed long enough. */
  async #leftovers(): Promise<readonly string[]> {
    const names = (await this.#folder.list(claimed)).map(({ name }) => name).filter((name) => name.includes(separator))
    const { signature } = this.#rules
    await this.#putOrphansAway(names)
    const own = `${this.#ports.owner}-`
    // A process before this one may have had the same owner: what it left is never claimed over.
    for (const name of names)
      if (name.startsWith(own)) this.#claims = Math.max(this.#claims, Number.parseInt(name.slice(own.length), 10) || 0)
    const now = this.#ports.now()
    for (const known of this.#foreign.keys()) if (!names.includes(known)) this.#foreign.delete(known)
    return names.toSorted().filter((name) => {
      if (signature !== undefined && name.endsWith(signature)) return false
      if (name.startsWith(own)) return true
      const since = this.#foreign.get(name) ?? now
      this.#foreign.set(name, since)
      return now - since >= this.#ports.abandonedMs
    })
  }
}

/** A file that was handled: taken, or refused for good. */
interface Outcome {
  readonly refused: string | undefined
}

interface Reason {
  readonly name: string
  readonly reason: string
}

interface Counting {
  taken: number
  readonly refused: Reason[]
  readonly failed: Reason[]
}

/** Another process was quicker. */
function unlessMissing(error: unknown): void {
  if (!isFailure(error, 'MISSING')) throw error
}

const handledMost = 100_000
/** Bytes of a signature; those of GnuPG have some hundred. */
const signatureMost = 65_536

/** Failures that the next file would meet as well. */
const ofTheFolder = [
  'CLOSED',
  'TIMEOUT',
  'UNREACHABLE',
  'HOST_KEY_CHANGED',
  'HOST_KEY_UNKNOWN',
  'LOGIN_REFUSED',
  'FULL',
] as const

function reasonOf(error: unknown): string {
  if (error instanceof FolderFailure || error instanceof InterlineError || error instanceof PgpFailure)
    return error.code
  return error instanceof Error ? error.message.slice(0, 100) : 'UNKNOWN'
}

function keyOf({ name, size, modifiedAt, listed }: FolderFile): string {
  return `${name}\0${size}\0${modifiedAt}\0${listed?.text ?? ''}`
}
