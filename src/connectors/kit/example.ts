/** A golden case of `inbound` as it lies in the folder of the connector, such as `receipt.in.json`. */
export interface Pattern {
  readonly file: string
  readonly bytes: Uint8Array
}

/** A document that somebody could send through one connection. */
export interface ExampleDocument {
  /** Unique among those of the connection; the name of the file that is downloaded. */
  readonly file: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** Which golden cases whoever sends may take as a pattern, and how one becomes a document of one connection. */
export interface Examples<S> {
  /** Files of `golden/inbound`: synthetic, and without a fault. */
  readonly patterns: readonly string[]
  /** Absent: what is taken is the same for everybody. `at`, ms since 1970, is the date in an envelope. Throws InterlineError. */
  readonly write?: (
    pattern: Pattern,
    context: { readonly settings: S; readonly at: number },
  ) => readonly ExampleDocument[]
}

const contentTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  edi: 'application/edi-x12',
  json: 'application/json',
  txt: 'text/plain',
}

/** A pattern as it is. */
export function plainExample({ file, bytes }: Pattern): ExampleDocument {
  const ending = file.split('.').at(-1) ?? ''
  return { file: file.replace('.in.', '.'), contentType: contentTypes[ending] ?? 'application/octet-stream', bytes }
}
