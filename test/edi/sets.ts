import { latin1Bytes } from '../../src/edi/bytes/text.ts'
import { EnvelopeReader } from '../../src/edi/envelope/envelope-reader.ts'
import type { OpenSetCheck, SetReport } from '../../src/edi/envelope/events.ts'
import { findSet, versionOf } from '../../src/edi/sets/find.ts'
import { x12Sets } from '../../src/edi/sets/x12/all.ts'
import type { LoopNode } from '../../src/edi/tree/tree.ts'
import { GrammarCheck } from '../../src/edi/validate/check.ts'
import type { SeverityPolicy } from '../../src/edi/verdict/severity.ts'

/** A set as the grammar read it. */
export interface ReadSet {
  readonly report: SetReport
  readonly tree: LoopNode | undefined
}

/** Reads a file with the base grammars; `open` puts another one in their place. */
export function readSets(
  bytes: Uint8Array,
  options: { open?: OpenSetCheck; severity?: SeverityPolicy } = {},
): ReadSet[] {
  const sets: ReadSet[] = []
  let check: GrammarCheck | undefined
  const open: OpenSetCheck = (header, report) => {
    const set = findSet(header.identifier, versionOf(header))
    check = set === undefined ? undefined : GrammarCheck.open(set, report, { syntax: header.syntax, keepTree: true })
    return options.open?.(header, report) ?? check
  }
  const reader = new EnvelopeReader(
    { setClosed: (report) => sets.push({ report, tree: check?.takeTree() }) },
    { openSetCheck: open, ...(options.severity === undefined ? {} : { severity: options.severity }) },
  )
  reader.feed(bytes)
  reader.end()
  return sets
}

/** Wraps segments, one a line, as one X12 set of a version. */
export function x12File(version: string, lines: string): Uint8Array {
  const segments = lines
    .trim()
    .split('\n')
    .map((line) => line.trim())
  const [st = ''] = segments
  const isa = `ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*1200*${version < '005' ? 'U' : '^'}*${version.slice(0, 5)}*000000001*0*P*>`
  const { functionalIdentifier = 'XX' } = x12Sets.find(({ identifier }) => identifier === st.split('*')[1]) ?? {}
  const group = `GS*${functionalIdentifier}*SENDER*RECEIVER*20260301*1200*1*X*${version}`
  const body = [isa, group, ...segments, `SE*${segments.length + 1}*${st.split('*')[2]}`, 'GE*1*1', 'IEA*1*000000001']
  return latin1Bytes(body.map((segment) => `${segment}~`).join('\n'))
}

/** Wraps segments, one a line, as one EDIFACT message; the first names it: `UNH+1+IFTSTA:D:96A:UN`. */
export function edifactFile(lines: string): Uint8Array {
  const segments = lines
    .trim()
    .split('\n')
    .map((line) => line.trim())
  const number = segments[0]?.split('+')[1] ?? ''
  const body = [
    'UNB+UNOC:3+SENDER+RECEIVER+260301:1200+1',
    ...segments,
    `UNT+${segments.length + 1}+${number}`,
    'UNZ+1+1',
  ]
  return latin1Bytes(body.map((segment) => `${segment}'`).join('\n'))
}
