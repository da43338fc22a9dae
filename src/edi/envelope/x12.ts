import { packText } from '../bytes/text.ts'
import { type Segment, textOf } from '../read/segment.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { Report } from '../verdict/verdict.ts'
import { functionalIdentifierOf } from '../x12/functional-identifiers.ts'
import type { Dialect, Role } from './dialect.ts'
import type { GroupHeader, InterchangeHeader, SetHeader } from './events.ts'
import { reportValue } from './report-value.ts'

const ISA = packText('ISA')
const GS = packText('GS')
const ST = packText('ST')
const SE = packText('SE')
const GE = packText('GE')
const IEA = packText('IEA')
const TA1 = packText('TA1')
const TA3 = packText('TA3')
const ISB = packText('ISB')
const ISE = packText('ISE')

/** X12.5 and X12.6: interchange, functional group and set control. */
export const x12Dialect: Dialect = {
  role,
  interchange,
  group,
  set,
  trailer: (segment) => ({ count: textOf(segment, 1).trim(), number: textOf(segment, 2).trim() }),
  isSameGroupNumber: (header, trailer) =>
    header === trailer || (/^\d+$/.test(header) && /^\d+$/.test(trailer) && Number(header) === Number(trailer)),
  isAcknowledgement: (identifier) => identifier === '997' || identifier === '999',
}

function role(tag: number): Role {
  switch (tag) {
    case ST:
      return 'set'
    case SE:
      return 'set_end'
    case GS:
      return 'group'
    case GE:
      return 'group_end'
    case ISA:
      return 'interchange'
    case IEA:
      return 'interchange_end'
    case TA1:
    case TA3:
    case ISB:
    case ISE:
      return 'aside'
    default:
      return 'content'
  }
}

/** A check of one header element; the code it gives is the TA105 of that element. */
interface HeaderRule {
  readonly element: number
  readonly pattern: RegExp
  readonly code: VerdictCode
}

const interchangeRules: readonly HeaderRule[] = [
  { element: 1, pattern: /^0[0-6]$/, code: 'interchange.authorization_bad' },
  { element: 3, pattern: /^0[01]$/, code: 'interchange.security_bad' },
  { element: 5, pattern: /^[0-9A-Z]{2}$/, code: 'interchange.sender_qualifier_bad' },
  { element: 6, pattern: /\S/, code: 'interchange.sender_unknown' },
  { element: 7, pattern: /^[0-9A-Z]{2}$/, code: 'interchange.receiver_qualifier_bad' },
  { element: 8, pattern: /\S/, code: 'interchange.receiver_unknown' },
  { element: 9, pattern: /^\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, code: 'interchange.date_bad' },
  { element: 10, pattern: /^([01]\d|2[0-3])[0-5]\d$/, code: 'interchange.time_bad' },
  { element: 12, pattern: /^00\d{3}$/, code: 'interchange.version_bad' },
  { element: 13, pattern: /^\d{1,9}$/, code: 'interchange.number_bad' },
  { element: 14, pattern: /^[01]$/, code: 'interchange.acknowledgement_flag_bad' },
  { element: 15, pattern: /^[PTI]$/, code: 'interchange.usage_bad' },
]

function interchange(segment: Segment, index: number, report: Report): InterchangeHeader {
  const at = (element: number): string => textOf(segment, element).trim()
  for (const { element, pattern, code } of interchangeRules)
    if (!pattern.test(at(element))) reportValue(segment, [element, 1], code, report)
  const standard = at(11)
  if (at(12) < '00402' ? standard !== 'U' : /^[0-9A-TV-Za-z]?$/.test(standard))
    reportValue(segment, [11, 1], 'interchange.standard_bad', report)
  return {
    syntax: 'x12',
    index,
    delimiters: segment.delimiters,
    sender: { qualifier: at(5), id: at(6), routing: '' },
    receiver: { qualifier: at(7), id: at(8), routing: '' },
    date: at(9),
    time: at(10),
    version: at(12),
    controlNumber: at(13),
    wantsAcknowledgement: at(14) === '1',
    usage: at(15),
    isTest: at(15) === 'T',
    applicationReference: '',
    agreement: '',
    characterSet: '',
    isBare: false,
    start: segment.offset(segment.start),
  }
}

function group(segment: Segment, index: number, report: Report): GroupHeader {
  const at = (element: number): string => textOf(segment, element).trim()
  if (!/^[A-Z0-9]{2}$/.test(at(1))) reportValue(segment, [1, 1], 'group.identifier_bad', report)
  if (!/^\d{1,9}$/.test(at(6))) reportValue(segment, [6, 1], 'group.number_bad', report)
  if (!/^\d{6}[A-Z0-9]{0,6}$/i.test(at(8))) reportValue(segment, [8, 1], 'group.version_unsupported', report)
  return {
    index,
    functionalIdentifier: at(1),
    sender: at(2),
    receiver: at(3),
    date: at(4),
    time: at(5),
    controlNumber: at(6),
    agency: at(7),
    version: at(8),
    start: segment.offset(segment.start),
  }
}

function set(
  segment: Segment,
  place: { index: number; interchange: InterchangeHeader; group: GroupHeader | undefined },
  report: Report,
): SetHeader {
  const at = (element: number): string => textOf(segment, element).trim()
  const identifier = at(1)
  if (!/^[0-9A-Z]{3}$/.test(identifier)) reportValue(segment, [1, 1], 'set.identifier_bad', report)
  const controlNumber = at(2)
  if (!/^[0-9A-Za-z]{1,9}$/.test(controlNumber)) reportValue(segment, [2, 1], 'set.number_bad', report)
  const belongs = functionalIdentifierOf(identifier)
  const found = place.group?.functionalIdentifier
  if (belongs !== undefined && found !== undefined && found !== '' && belongs !== found)
    reportValue(segment, [1, 1], 'set.foreign', report)
  const guide = at(3)
  return {
    syntax: 'x12',
    index: place.index,
    identifier,
    controlNumber,
    version: guide === '' ? (place.group?.version ?? '') : guide,
    guide,
    interchange: place.interchange,
    group: place.group,
    start: segment.offset(segment.start),
  }
}
