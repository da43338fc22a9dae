import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import { shippedOverlays } from '../../edi/overlay/all.ts'
import { OverlayConflict } from '../../edi/overlay/merge.ts'
import { openOverlaidCheck } from '../../edi/overlay/open.ts'
import { isOverlay, type Overlay, overlayProblems } from '../../edi/overlay/overlay.ts'
import type { SeverityPolicy } from '../../edi/verdict/severity.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'
import type { Place } from './problem.ts'
import { bundled, type Reading } from './reading.ts'
import { type Entry, mapping } from './sections.ts'
import { written } from './written.ts'

/** A sample of a partner, and what must be said of it. */
export interface OverlaySample {
  readonly place: Place
  readonly file: string
  readonly bytes: Buffer
  /** As `interline edi validate` says them: `partner.segment_required`, or with the place `partner.segment_required W27#4.2`. */
  readonly verdicts: readonly string[]
}

/** An overlay that a manifest declares, with the files that prove it. */
export interface DeclaredOverlay {
  readonly overlay: Overlay
  readonly samples: readonly OverlaySample[]
  readonly place: Place
}

/** Reads `overlay:` of a manifest. Numbers are text there; only bounds are numbers. */
export function readOverlay(reading: Reading, entry: Entry): DeclaredOverlay | undefined {
  const { samples: told = [], ...rest } = entry.values
  const overlay = withNumbers(rest)
  if (!isOverlay(overlay)) {
    for (const problem of overlayProblems(overlay)) {
      const [pointer = '', ...words] = problem.split(' ')
      const place = pointer
        .split('/')
        .slice(1)
        .reduce((at, key) => at.at(key), entry.place)
      reading.problems.add('MANIFEST_OVERLAY_INVALID', place, { problem: `${place.path} ${words.join(' ')}` })
    }
    return undefined
  }
  if (shippedOverlays.some(({ name }) => name === overlay.name)) {
    reading.problems.add('MANIFEST_DUPLICATE', entry.place.at('name'), {
      what: `overlay ${overlay.name}`,
      first: 'what ships with the hub',
    })
    return undefined
  }
  const problem = conflictOf([overlay])
  if (problem !== undefined) {
    reading.problems.add('MANIFEST_OVERLAY_INVALID', entry.place, { problem })
    return undefined
  }
  return { overlay, place: entry.place, samples: readSamples(reading, entry, told) }
}

function readSamples(reading: Reading, entry: Entry, told: unknown): readonly OverlaySample[] {
  const at = entry.place.at('samples')
  if (!Array.isArray(told) || told.length === 0) {
    reading.problems.add('MANIFEST_KEY_MISSING', entry.place, {
      key: 'samples',
      what: 'at least one file of the partner with the verdicts that it must get.',
    })
    return []
  }
  return told.flatMap((one: unknown, index): OverlaySample[] => {
    const place = at.at(index)
    const values = mapping(one, place, reading.problems)
    if (values === undefined) return []
    const { file, verdicts = [], ...unknown } = values
    for (const key of Object.keys(unknown))
      reading.problems.add('MANIFEST_KEY_UNKNOWN', place.at(key), { key, known: 'file, verdicts' })
    const bytes = typeof file === 'string' ? bundled(entry.source, place.file, file) : undefined
    if (typeof file !== 'string' || bytes === undefined) {
      reading.problems.add('MANIFEST_FILE_MISSING', place.at('file'), { file: written(file) || 'without a name' })
      return []
    }
    const expected = Array.isArray(verdicts) ? verdicts.map(written) : []
    return [{ place, file, bytes, verdicts: expected }]
  })
}

/** Why overlays cannot be laid over each other; undefined when they can. */
export function conflictOf(overlays: readonly Overlay[]): string | undefined {
  try {
    openOverlaidCheck(overlays)
    return undefined
  } catch (error) {
    if (error instanceof OverlayConflict) return error.message
    throw error
  }
}

/** What is wrong with a sample under a chain of overlays; undefined when it is judged as it should be. */
export function judgeSample(
  { bytes, verdicts: expected }: Pick<OverlaySample, 'bytes' | 'verdicts'>,
  overlays: readonly Overlay[],
  severity?: SeverityPolicy,
): string | undefined {
  const found: string[] = []
  let sets = 0
  const note = (verdicts: readonly Verdict[]): void => {
    found.push(...verdicts.filter((one) => one.severity !== 'ignore').map(shownVerdict))
  }
  const reader = new EnvelopeReader(
    {
      setClosed: ({ verdicts }) => {
        sets++
        note(verdicts)
      },
      groupClosed: ({ verdicts }) => note(verdicts),
      interchangeClosed: ({ verdicts }) => note(verdicts),
    },
    { openSetCheck: openOverlaidCheck(overlays), ...(severity === undefined ? {} : { severity }) },
  )
  reader.feed(bytes)
  reader.end()
  if (sets === 0) return 'it holds no set or message'
  const left = [...found]
  const missing = expected.filter((one) => {
    const at = left.findIndex(
      (verdict) => verdict === one || verdict.startsWith(`${one} `) || verdict.startsWith(`${one}#`),
    )
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  if (missing.length === 0 && left.length === 0) return undefined
  const parts = [
    ...(missing.length === 0 ? [] : [`expected ${missing.join(', ')}`]),
    ...(left.length === 0 ? [] : [`found ${left.slice(0, 10).join(', ')}`]),
  ]
  return parts.join('; ')
}

function shownVerdict({ code, segmentTag, segmentNumber, element }: Verdict): string {
  if (segmentTag === undefined) return code
  return `${code} ${segmentTag}${segmentNumber === undefined ? '' : `#${segmentNumber}`}${element === undefined || element === 0 ? '' : `.${element}`}`
}

const bounds = ['max', 'min']

/** Bounds as numbers; everything else stays text. */
function withNumbers(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return bounds.includes(key) && /^\d{1,9}$/.test(value) ? Number(value) : value
  if (Array.isArray(value)) return value.map((one: unknown) => withNumbers(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withNumbers(one, name)]))
}
