import { InterlineError } from '../../base/errors.ts'
import { grammarOf } from '../../connectors/edi-partner/grammar.ts'
import { type KeptSet, keptSet, SetReader } from '../../connectors/edi-partner/meaning/set-reader.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { InterchangeHeader } from '../../edi/envelope/events.ts'
import { generateInterchange } from '../../edi/map/generate.ts'
import { versionOf } from '../../edi/sets/find.ts'
import type { PartnerCheck } from '../../gateway/desks/network-desk.ts'
import type { Agreement } from '../network/agreement-manifest.ts'
import { type DeclaredOverlay, judgeSample } from '../network/overlay-manifest.ts'
import { failed, passed, skipped } from './check.ts'

/** Judges the samples of every overlay of the agreement as it is judged when it is applied. */
export function checkOverlays(
  { connection, overlays, severity }: Agreement,
  declared: ReadonlyMap<string, DeclaredOverlay>,
): readonly PartnerCheck[] {
  return overlays.flatMap(({ name }) =>
    (declared.get(name)?.samples ?? []).map((sample) => {
      const about = { check: 'overlay', about: `${connection} ${name} ${sample.file}` }
      const problem = judgeSample(sample, overlays, severity)
      if (problem === undefined)
        return passed(about, `Judged as it should be, with ${sample.verdicts.length} verdicts.`)
      return failed(about, `${problem}.`, 'Correct the overlay or the expected verdicts, and apply.')
    }),
  )
}

/** Reads each sample of the agreement into objects, writes them again, and reads what was written: nothing may be lost. */
export function checkDocuments({ connection, overlays, samples, severity }: Agreement): readonly PartnerCheck[] {
  if (samples.length === 0)
    return [
      skipped(
        { check: 'document', about: connection },
        'No sample documents are declared.',
        'Ask the partner for a real file of each set, and name them in samples of the agreement.',
      ),
    ]
  return samples.map(({ file, bytes }) => {
    const about = { check: 'document', about: `${connection} ${file}` }
    try {
      const { sets, header } = readDocuments(bytes, { overlays, severity })
      const mapped = sets.filter(({ document }) => document !== undefined)
      if (sets.length === 0 || header === undefined)
        return failed(
          about,
          'No set of it is accepted.',
          'Run interline edi validate on the file, and ask the partner.',
        )
      if (mapped.length === 0)
        return skipped(
          about,
          `${namesOf(sets)} is accepted, and no map says what it means.`,
          'Nothing to do: it is acknowledged only.',
        )
      const lost = mapped.find((one) => !comesBack(one, header, { overlays, severity }))
      if (lost === undefined)
        return passed(about, `${namesOf(mapped)} read, written, and read again: the same ${mapped.length} documents.`)
      return failed(
        about,
        `${lost.header.identifier} says something else after it was written and read again.`,
        'Compare with interline edi explain; report it, or leave the set out of the agreement.',
      )
    } catch (error) {
      if (!(error instanceof InterlineError)) throw error
      return failed(about, error.message, 'Run interline edi explain on the file.')
    }
  })
}

type Rules = Pick<Agreement, 'overlays' | 'severity'>

function readDocuments(
  bytes: Uint8Array,
  { overlays, severity }: Rules,
): { readonly sets: readonly KeptSet[]; readonly header: InterchangeHeader | undefined } {
  const reader = new SetReader(grammarOf(overlays), keptSet)
  let header: InterchangeHeader | undefined
  const envelope = new EnvelopeReader(
    {
      interchangeOpened: (one) => {
        header ??= one
      },
      setClosed: (report) => reader.setClosed(report),
      groupClosed: (report) => reader.groupClosed(report),
      interchangeClosed: (report) => reader.interchangeClosed(report),
    },
    { openSetCheck: reader.openSetCheck, severity },
  )
  envelope.feed(bytes)
  envelope.end()
  return { sets: reader.accepted, header }
}

function comesBack({ header: set, document }: KeptSet, header: InterchangeHeader, rules: Rules): boolean {
  if (document === undefined) return true
  const { bytes } = generateInterchange(document, grammarOf(rules.overlays), {
    set: set.identifier,
    version: versionOf(set),
    sender: header.sender,
    receiver: header.receiver,
    controlNumber: 1,
    date: '20260101',
    time: '0000',
    isTest: header.isTest,
  })
  const [again] = readDocuments(bytes, rules).sets
  return JSON.stringify(again?.document) === JSON.stringify(document)
}

function namesOf(sets: readonly KeptSet[]): string {
  return [...new Set(sets.map(({ header }) => header.identifier))].join(', ')
}
