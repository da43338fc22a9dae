type Members = Readonly<Record<string, unknown>>

/** The members that hold parts, with the new ones joined, and which keys are new; or the first key that is known otherwise. */
export type JoinedParts =
  | { readonly members: Members; readonly added: Readonly<Record<string, readonly string[]>> }
  | { readonly conflict: string; readonly told: Members }

/** Parts are kept by their key. The same part may come as often as it likes; with other content it is a conflict. */
export function joinParts(object: Members, told: Readonly<Record<string, Members>>): JoinedParts {
  const members: Record<string, unknown> = {}
  const added: Record<string, string[]> = {}
  for (const [name, parts] of Object.entries(told)) {
    const known = partsOf(object[name])
    for (const [key, part] of Object.entries(parts)) {
      if (!Object.hasOwn(known, key)) added[name] = [...(added[name] ?? []), key]
      else if (contentOf(known[key]) !== contentOf(part)) return { conflict: `${name} ${key}`, told: partsOf(part) }
    }
    members[name] = { ...parts, ...known }
  }
  return { members, added }
}

function partsOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}
}

/** Equal text, equal content: neither the order of members nor that of a list makes a difference. */
function contentOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(contentOf).toSorted().join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${contentOf(one)}`)
  return `{${members.toSorted().join(',')}}`
}
