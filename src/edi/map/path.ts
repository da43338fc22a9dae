/** Where a value stands: `L11[2=PO]/1`, `STS/2.1`, `0100[N1/1=ST]`, or `/1` within the segment at hand. */
export interface ValuePath {
  /** Empty for the segment at hand. */
  readonly tag: string
  readonly where: readonly Condition[]
  readonly element: number
  readonly component: number
}

/** A value that must be one of these. When a document is written the first one is. */
export interface Condition {
  /** In a loop: the segment of it. Empty in a segment. */
  readonly tag: string
  readonly element: number
  readonly component: number
  readonly codes: readonly string[]
}

/** Reads `TAG[conditions]/element.component`. */
export function readValuePath(text: string): ValuePath {
  const match = /^([A-Z0-9]*)(?:\[([^\]]+)\])?\/(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) throw new TypeError(`no path of a value: ${text}`)
  const [, tag = '', where, element, component] = match
  return { tag, where: readConditions(where), element: Number(element), component: Number(component ?? 1) }
}

/** Reads `name[conditions]` of segments or loops. */
export function readNodePath(text: string): { readonly name: string; readonly where: readonly Condition[] } {
  const match = /^([A-Z0-9]+)(?:\[([^\]]+)\])?$/.exec(text)
  if (match === null) throw new TypeError(`no path of a segment or loop: ${text}`)
  return { name: match[1] ?? '', where: readConditions(match[2]) }
}

function readConditions(text: string | undefined): Condition[] {
  return (text ?? '')
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(?:([A-Z0-9]+)\/)?(\d+)(?:\.(\d+))?=([^=]+)$/.exec(part)
      if (match === null) throw new TypeError(`no condition: ${part}`)
      const [, tag = '', element, component, codes = ''] = match
      return { tag, element: Number(element), component: Number(component ?? 1), codes: codes.split(',') }
    })
}
