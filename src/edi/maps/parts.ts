import { loop, loops, moment, number, type Row, type Rows, segments, value } from '../map/rows.ts'

/** Parts that the X12 maps have in common. */
export const reference: Rows = { value: value('/1'), qualifier: value('/2'), text: value('/3') }
/** L11: number first, then what it is. */
export function references(): Row {
  return segments('L11', reference)
}
/** N9 and REF: what it is first. */
export function qualifiedReferences(tag: 'N9' | 'REF'): Row {
  return segments(tag, { qualifier: value('/1'), value: value('/2'), text: value('/3') })
}

/** A party in a loop of N1 to N4. */
export const party: Rows = {
  role: value('N1/1'),
  name: value('N1/2'),
  idQualifier: value('N1/3'),
  id: value('N1/4'),
  name2: value('N2/1'),
  street: value('N3/1'),
  street2: value('N3/2'),
  city: value('N4/1'),
  region: value('N4/2'),
  postalCode: value('N4/3'),
  country: value('N4/4'),
}
/** Everybody who is named in N1 loops, each in a role (data element 98). */
export function parties(name: string): Row {
  return loops(name, party)
}
/** The party of a loop that comes once. */
export function onlyParty(name: string): Row {
  return loop(name, party)
}

/** G62: a date and a time, each with what it is. */
export function dates(): Row {
  return segments('G62', {
    qualifier: value('/1'),
    at: moment('/2', 4),
    timeQualifier: value('/3'),
    zone: value('/5'),
  })
}
/** DTM of X12: date and time with what they are (374), and the zone (623). */
export function times(): Row {
  return segments('DTM', { qualifier: value('/1'), at: moment('/2', 3), zone: value('/4') })
}

/** Text for people: an NTE with its kind (363), or the two lines of a K1. */
export function notes(tag: 'NTE' | 'K1'): Row {
  return tag === 'NTE'
    ? segments('NTE', { qualifier: value('/1'), text: value('/2') })
    : segments('K1', { text: value('/1'), text2: value('/2') })
}

/** AT8 of X12: weight by its kind (187) and unit (188), pieces, packages, volume. */
export function weights(): Row {
  return segments('AT8', {
    qualifier: value('/1'),
    unit: value('/2'),
    weight: number('/3'),
    pieces: number('/4'),
    packages: number('/5'),
    volumeUnit: value('/6'),
    volume: number('/7'),
  })
}
