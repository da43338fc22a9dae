/** A media type with its parameters; names in lower case. */
export interface ContentType {
  readonly type: string
  readonly parameters: Readonly<Record<string, string>>
}

/** Reads `type/subtype; name=value; name="va\"lue"` (RFC 2045 §5.1). Throws when there is no type. */
export function readContentType(text: string): ContentType {
  const type = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)\s*(?:;|$)/.exec(text)?.[1]
  if (type === undefined) throw new Error('no media type')
  return { type: type.toLowerCase(), parameters: readParameters(text.slice(text.indexOf(type) + type.length)) }
}

/** Reads `; name=value; …`, as also Content-Disposition and Disposition-Notification-Options hold it. */
export function readParameters(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/;\s*([\w!#$&^.+*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g)]
  return Object.fromEntries(
    found.map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '']),
  )
}
