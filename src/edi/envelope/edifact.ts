import { edifactCharsets } from '../bytes/charset.ts'
import { packText } from '../bytes/text.ts'
import { type Segment, textOf } from '../read/segment.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { Report } from '../verdict/verdict.ts'
import type { Dialect, Role } from './dialect.ts'
import type { GroupHeader, InterchangeHeader, SetHeader } from './events.ts'
import { reportValue } from './report-value.ts'

const UNB = packText('UNB')
const UNG = packText('UNG')
const UNH = packText('UNH')
const UNT = packText('UNT')
const UNE = packText('UNE')
const UNZ = packText('UNZ')
/** Packages and security segments: all begin with `U`, which no content segment but UGH, UGS and UNS does. */
const asides = new Set(['UNO', 'UNP', 'USA', 'USC', 'USH', 'USR', 'UST', 'USU'].map(packText))

/** ISO 9735 part 1: interchange, group and message control. */
export const edifactDialect: Dialect = {
  role,
  interchange,
  group,
  set,
  trailer: (segment) => ({ count: textOf(segment, 1).trim(), number: textOf(segment, 2) }),
  isSameGroupNumber: (header, trailer) => header === trailer,
  isAcknowledgement: (identifier) => identifier === 'CONTRL',
}

function role(tag: number): Role {
  switch (tag) {
    case UNH:
      return 'set'
    case UNT:
      return 'set_end'
    case UNB:
      return 'interchange'
    case UNG:
      return 'group'
    case UNE:
      return 'group_end'
    case UNZ:
      return 'interchange_end'
    default:
      return tag >> 14 === 0x55 && asides.has(tag) ? 'aside' : 'content'
  }
}

function interchange(segment: Segment, index: number, report: Report): InterchangeHeader {
  const at = (element: number, component = 1): string => textOf(segment, element, component)
  const wrong = (element: number, component: number, code: VerdictCode): void =>
    reportValue(segment, [element, component], code, report)
  if (!(at(1) in edifactCharsets)) wrong(1, 1, 'charset.unknown')
  const version = at(1, 2)
  if (!/^[1-4]$/.test(version)) wrong(1, 2, 'interchange.version_bad')
  if (at(2) === '') wrong(2, 1, 'interchange.sender_unknown')
  if (at(3) === '') wrong(3, 1, 'interchange.receiver_unknown')
  if (!/^(\d\d)?\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(at(4))) wrong(4, 1, 'interchange.date_bad')
  if (!/^([01]\d|2[0-3])[0-5]\d$/.test(at(4, 2))) wrong(4, 2, 'interchange.time_bad')
  if (at(5).trim() === '' || at(5).length > 14) wrong(5, 1, 'interchange.number_bad')
  if (!/^[01]?$/.test(at(9).trim())) wrong(9, 1, 'interchange.acknowledgement_flag_bad')
  if (!/^[1-9]?$/.test(at(11).trim())) wrong(11, 1, 'interchange.usage_bad')
  return {
    syntax: 'edifact',
    index,
    delimiters: segment.delimiters,
    characterSet: at(1),
    version,
    sender: { id: at(2), qualifier: at(2, 2), routing: at(2, 3) },
    receiver: { id: at(3), qualifier: at(3, 2), routing: at(3, 3) },
    date: at(4),
    time: at(4, 2),
    controlNumber: at(5),
    applicationReference: at(7),
    wantsAcknowledgement: at(9).trim() === '1',
    agreement: at(10),
    usage: at(11).trim(),
    isTest: at(11).trim() === '1',
    isBare: false,
    start: segment.offset(segment.start),
  }
}

function group(segment: Segment, index: number, report: Report): GroupHeader {
  const at = (element: number, component = 1): string => textOf(segment, element, component)
  if (at(5).trim() === '') reportValue(segment, [5, 1], 'group.number_bad', report)
  return {
    index,
    functionalIdentifier: at(1),
    sender: at(2),
    receiver: at(3),
    date: at(4),
    time: at(4, 2),
    controlNumber: at(5),
    agency: at(6),
    version: [at(7), at(7, 2)].filter((part) => part !== '').join(':'),
    start: segment.offset(segment.start),
  }
}

function set(
  segment: Segment,
  place: { index: number; interchange: InterchangeHeader; group: GroupHeader | undefined },
  report: Report,
): SetHeader {
  const at = (element: number, component = 1): string => textOf(segment, element, component)
  const identifier = at(2)
  if (!/^[A-Z][A-Z0-9]{0,5}$/.test(identifier)) reportValue(segment, [2, 1], 'set.identifier_bad', report)
  const controlNumber = at(1)
  if (controlNumber.trim() === '' || controlNumber.length > 14) reportValue(segment, [1, 1], 'set.number_bad', report)
  const type = at(2, 2)
  if (type === '') reportValue(segment, [2, 2], 'set.identifier_bad', report)
  const belongs = place.group?.functionalIdentifier ?? ''
  if (belongs !== '' && belongs !== identifier) reportValue(segment, [2, 1], 'set.foreign', report)
  return {
    syntax: 'edifact',
    index: place.index,
    identifier,
    controlNumber,
    version: `${type}:${at(2, 3)}:${at(2, 4)}`,
    guide: at(2, 5),
    interchange: place.interchange,
    group: place.group,
    start: segment.offset(segment.start),
  }
}
