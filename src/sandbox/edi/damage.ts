/** The bytes with the tag of the second segment of the first document made one that no standard has. */
export function damagedSegment(bytes: Uint8Array): Uint8Array {
  const { text, segment, element } = opened(bytes)
  const segments = text.split(segment)
  const header = segments.findIndex((one) => /^\s*(?:ST|UNH)\W/.test(one))
  const at = header + 2
  const hurt = segments[at]?.replace(/^(\s*)\w+/, '$1QQQ') ?? ''
  return Buffer.from([...segments.slice(0, at), `${hurt}${element}`, ...segments.slice(at + 1)].join(segment), 'latin1')
}

/** The bytes as somebody would have to see them who rejects them: the trailer of the first document counts one segment too many. */
export function miscounted(bytes: Uint8Array): Uint8Array {
  const { text, element } = opened(bytes)
  const trailer = /((?:SE|UNT)(\W))(\d+)/g
  return Buffer.from(
    text.replaceAll(trailer, (whole, start: string, between: string, count: string) =>
      between === element ? `${start}${Number(count) + 1}` : whole,
    ),
    'latin1',
  )
}

/** X12 says its delimiters at fixed places; what the hub writes in EDIFACT has the usual ones. */
function opened(bytes: Uint8Array): { readonly text: string; readonly segment: string; readonly element: string } {
  const text = Buffer.from(bytes).toString('latin1')
  const isX12 = text.startsWith('ISA')
  return { text, segment: (isX12 && text[105]) || "'", element: (isX12 && text[3]) || '+' }
}
