/** What a partner reads in one of our X12 documents, without our reader: positions and separators, as a small program would do it. */
export interface Arrived {
  readonly text: string
  /** ISA13 and GS06. */
  readonly interchange: string
  readonly group: string
  readonly functionalIdentifier: string
  readonly set: string
  readonly segments: readonly (readonly string[])[]
}

/** Takes the separators from their places in the fixed header. */
export function arrived(text: string): Arrived {
  const [element = '*', terminator = '~'] = [text[3], text[105]]
  const segments = text
    .split(terminator)
    .filter((one) => one !== '')
    .map((one) => one.split(element))
  const find = (tag: string): readonly string[] => segments.find(([name]) => name === tag) ?? []
  return {
    text,
    interchange: find('ISA')[13] ?? '',
    group: find('GS')[6] ?? '',
    functionalIdentifier: find('GS')[1] ?? '',
    set: find('ST')[1] ?? '',
    segments,
  }
}

let last = 500

/** The partner's 997 to a document, and with `ta1` its answer to the envelope. */
export function functionalAnswer(
  { group, functionalIdentifier, set }: Pick<Arrived, 'group' | 'functionalIdentifier' | 'set'>,
  says: 'A' | 'R',
  parties: { readonly partner: string; readonly we: string },
): string {
  const number = `${++last}`
  const errors = says === 'A' ? [] : ['AK3*W01*7*0310*8', 'AK4*5*234*7*SKU-1']
  const body = [
    `AK1*${functionalIdentifier}*${group}`,
    `AK2*${set}*0001`,
    ...errors,
    says === 'A' ? 'AK5*A' : 'AK5*R*5',
    `AK9*${says}*1*1*${says === 'A' ? 1 : 0}`,
  ]
  const padded = (id: string): string => id.padEnd(15)
  return [
    `ISA*00*          *00*          *ZZ*${padded(parties.partner)}*ZZ*${padded(parties.we)}*260412*1400*U*00401*${number.padStart(9, '0')}*0*P*>`,
    `GS*FA*${parties.partner}*${parties.we}*20260412*1400*${number}*X*004010`,
    'ST*997*0001',
    ...body,
    `SE*${body.length + 2}*0001`,
    `GE*1*${number}`,
    `IEA*1*${number.padStart(9, '0')}`,
    '',
  ].join('~')
}
