import type { SetHeader } from '../../edi/envelope/events.ts'
import { all } from '../../edi/envelope/listeners.ts'
import { type CopiedSegment, copySegment } from '../../edi/read/segment.ts'
import { harmless, type Output } from '../terminal/output.ts'
import { readInterchangeFile } from './interchange-file.ts'
import { Tally } from './tally.ts'
import { partyOf } from './wording.ts'

/** Prints every segment: for people by level, for machines one document each. */
export async function parseFile(file: string, output: Output): Promise<Tally> {
  const tally = new Tally()
  let set: SetHeader | undefined
  const printer = all(tally, {
    interchangeOpened: (header) => {
      output.record({ interchange: header })
      const { syntax, version, controlNumber, sender, receiver } = header
      output.say(harmless(`${syntax} ${version} ${controlNumber}: ${partyOf(sender)} → ${partyOf(receiver)}`))
    },
    groupOpened: (header) => {
      output.record({ group: header })
      output.say(harmless(`  group ${header.functionalIdentifier} ${header.controlNumber} ${header.version}`))
    },
    setOpened: (header) => {
      set = header
    },
    segment: (segment, number) => {
      const copied = copySegment(segment)
      const place = { set: number === 0 ? undefined : set?.controlNumber, number, end: segment.offset(segment.end) }
      output.record({ ...place, ...copied })
      const indent = number > 1 && !/^(SE|UNT)$/.test(copied.tag) ? '      ' : '    '
      output.say(harmless(`${indent}${lineOf(copied)}`))
    },
  })
  await readInterchangeFile(file, printer)
  return tally
}

/** A segment with `*`, `^` and `>` between its parts, whatever the file uses. */
function lineOf({ tag, elements }: CopiedSegment): string {
  const parts = elements.map((repetitions) => repetitions.map((components) => components.join('>')).join('^'))
  return [tag, ...parts].join('*')
}
