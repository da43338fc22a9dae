/** Interchanges of invented partners, made to measure: what a test does not name is as it should be. */
export interface X12Wishes {
  readonly element?: string
  readonly component?: string
  readonly terminator?: string
  readonly version?: string
  readonly number?: string
  readonly trailerNumber?: string
  readonly groupsDeclared?: string
  readonly groups?: readonly string[]
  readonly usage?: string
  readonly asks?: string
  /** Segments between ISA and the first group, each without terminator. */
  readonly before?: readonly string[]
}

/** Segments are written with `*`, `>` and `~`; other delimiters are put in their place. */
export function x12(wishes: X12Wishes = {}): string {
  const { element = '*', component = '>', terminator = '~', version = '00401', number = '000000905' } = wishes
  const groups = wishes.groups ?? [group()]
  const eleventh = version < '00402' ? 'U' : '^'
  const isa = [
    'ISA*00*          *00*          *02*MERIDIANCARRIER*ZZ*HARBORGOODSLTD *260114*0931',
    `*${eleventh}*${version}*${number}*${wishes.asks ?? '0'}*${wishes.usage ?? 'P'}*>~`,
  ].join('')
  const before = (wishes.before ?? []).map((segment) => `${segment}~`).join('')
  const iea = `IEA*${wishes.groupsDeclared ?? groups.length}*${wishes.trailerNumber ?? number}~`
  const delimiters: Readonly<Record<string, string>> = { '*': element, '>': component, '~': terminator }
  return `${isa}${before}${groups.join('')}${iea}`.replaceAll(/[*>~]/g, (one) => delimiters[one] ?? one)
}

export interface GroupWishes {
  readonly identifier?: string
  readonly number?: string
  readonly trailerNumber?: string
  readonly setsDeclared?: string
  readonly version?: string
  readonly sets?: readonly string[]
}

/** A functional group around sets. */
export function group(wishes: GroupWishes = {}): string {
  const { identifier = 'QM', number = '41', sets = [set214()], version = '004010' } = wishes
  return [
    `GS*${identifier}*MERIDIAN*HARBOR*20260114*0931*${number}*X*${version}~`,
    ...sets,
    `GE*${wishes.setsDeclared ?? sets.length}*${wishes.trailerNumber ?? number}~`,
  ].join('')
}

export interface SetWishes {
  readonly identifier?: string
  readonly number?: string
  readonly trailerNumber?: string
  readonly segmentsDeclared?: string
  readonly body?: readonly string[]
}

/** A set with its control segments. */
export function set(wishes: SetWishes = {}): string {
  const { identifier = '214', number = '0001', body = statusBody } = wishes
  const declared = wishes.segmentsDeclared ?? `${body.length + 2}`
  return [`ST*${identifier}*${number}`, ...body, `SE*${declared}*${wishes.trailerNumber ?? number}`]
    .map((segment) => `${segment}~`)
    .join('')
}

const statusBody = [
  'B10*PRO7781*BOL2209*MRDN',
  'L11*PO5566*PO',
  'LX*1',
  'AT7*X3*NS***20260114*0815*LT',
  'MS1*GHENT*OV*BE',
  'MS2*MRDN*TR4471',
  'AT8*G*L*1240*12',
]

export function set214(number = '0001'): string {
  return set({ number })
}

export interface EdifactWishes {
  readonly una?: string
  readonly syntax?: string
  readonly number?: string
  readonly trailerNumber?: string
  readonly declared?: string
  readonly messages?: readonly string[]
  readonly asks?: string
}

/** An interchange around messages, with the usual service characters. */
export function edifact(wishes: EdifactWishes = {}): string {
  const { syntax = 'UNOC:3', number = 'REF77001', messages = [message()], una = '' } = wishes
  const asks = wishes.asks === undefined ? '' : `++++${wishes.asks}`
  return [
    una,
    `UNB+${syntax}+5400000000010:14+5400000000027:14+260114:0931+${number}${asks}'`,
    ...messages,
    `UNZ+${wishes.declared ?? messages.length}+${wishes.trailerNumber ?? number}'`,
  ].join('')
}

export interface MessageWishes {
  readonly type?: string
  readonly number?: string
  readonly trailerNumber?: string
  readonly segmentsDeclared?: string
  readonly body?: readonly string[]
}

/** A message with its control segments. */
export function message(wishes: MessageWishes = {}): string {
  const { type = 'IFTSTA:D:96A:UN', number = 'M1', body = iftstaBody } = wishes
  const declared = wishes.segmentsDeclared ?? `${body.length + 2}`
  return [`UNH+${number}+${type}`, ...body, `UNT+${declared}+${wishes.trailerNumber ?? number}`]
    .map((segment) => `${segment}'`)
    .join('')
}

const iftstaBody = [
  'BGM+23+STA5501+9',
  'DTM+137:202601140931:203',
  'NAD+CA+MRDN:172:20',
  'CNI+1+SHP4410',
  'STS+1+21',
  'DTM+334:202601140815:203',
  'LOC+5+BEGNE:139:6',
  "FTX+AAI+++DON?'T STACK?+STRAP",
]

export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')
