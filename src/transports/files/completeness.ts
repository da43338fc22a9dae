import type { Folder, FolderFile } from './folder.ts'

/** How a file is told from one that is still being written. All that are set must hold. */
export interface CompletenessRules {
  /** The sender writes this file after the document, with this ending: `.done`. */
  readonly companion: string | undefined
  /** The sender writes a signature of the document into a file with this ending beside it: `.sig`. */
  readonly signature?: string | undefined
  /** Looks in a row that must have shown the same size and time; 1 takes a file at first sight. */
  readonly settledLooks: number
  /** The last bytes must hold the trailer of an EDI interchange (IEA, UNZ). */
  readonly ediTrailer: boolean
}

/** Endings under which programs write before they rename; `.filepart` is WinSCP's. */
const temporary = /\.(te?mp|part|partial|filepart|writing|uploading|crdownload|swp)$|~$/i

/** Whether the name says that nobody should look at the file yet, or ever. */
export function isTemporary(name: string): boolean {
  return name.startsWith('.') || temporary.test(name)
}

/** Remembers what each look showed. */
export class Completeness {
  readonly #folder: Folder
  readonly #rules: CompletenessRules
  #seen: ReadonlyMap<string, { readonly file: FolderFile; readonly looks: number }> = new Map()

  constructor(folder: Folder, rules: CompletenessRules) {
    this.#folder = folder
    this.#rules = rules
  }

  /** Neither a temporary name nor a companion. */
  isDocument(name: string): boolean {
    return !isTemporary(name) && !this.#beside().some((ending) => name.endsWith(ending))
  }

  /** The files of this look that can be taken, as far as names, sizes and times tell; oldest first. */
  settled(listed: readonly FolderFile[]): readonly FolderFile[] {
    const { settledLooks } = this.#rules
    const names = new Set(listed.map(({ name }) => name))
    const documents = listed.filter(({ name }) => this.isDocument(name))
    const seen = documents.map((file) => {
      const before = this.#seen.get(file.name)
      const isSame =
        before?.file.size === file.size &&
        before.file.modifiedAt === file.modifiedAt &&
        before.file.listed?.text === file.listed?.text
      return { file, looks: isSame ? before.looks + 1 : 1 }
    })
    this.#seen = new Map(seen.map((one) => [one.file.name, one]))
    return seen
      .filter(
        ({ file, looks }) => looks >= settledLooks && this.#beside().every((ending) => names.has(file.name + ending)),
      )
      .map(({ file }) => file)
      .toSorted((a, b) => a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : 1))
  }

  /** Endings of what lies beside a document that is complete. */
  #beside(): readonly string[] {
    const { companion, signature } = this.#rules
    return [companion, signature].filter((ending) => ending !== undefined)
  }

  /** Whether the end of a settled file looks like the end of a document. */
  async isWhole(name: string): Promise<boolean> {
    if (!this.#rules.ediTrailer) return true
    return endsInterchange(await this.#folder.tail(name, tailBytes))
  }
}

/** White space may follow a trailer, and a partner's padding. */
const tailBytes = 4096

/** Whether the last segment is the trailer of an X12 (IEA) or EDIFACT (UNZ) interchange, whatever its delimiters are. */
export function endsInterchange(tail: Uint8Array): boolean {
  const text = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength)
    .toString('latin1')
    .replaceAll('\0', '')
    .trimEnd()
  return /(IEA([^A-Z0-9])\d{1,5}\2\d{1,9}|UNZ([^A-Z0-9])\d{1,6}\3[^\r\n]{1,14}?)[^A-Z0-9]{0,4}$/i.test(text.slice(-80))
}
