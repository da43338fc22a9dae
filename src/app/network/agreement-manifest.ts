import { readInstant } from '../../base/instant.ts'
import { ediPartner } from '../../connectors/edi-partner/connector.ts'
import { severityPolicy } from '../../connectors/edi-partner/policy.ts'
import { shippedOverlays } from '../../edi/overlay/all.ts'
import type { Overlay } from '../../edi/overlay/overlay.ts'
import { agreedTogether, isValidOn, type Validity } from '../../edi/overlay/validity.ts'
import { verdictCodes } from '../../edi/verdict/codes.ts'
import type { SeverityPolicy } from '../../edi/verdict/severity.ts'
import { conflictOf, type DeclaredOverlay, judgeSample, type OverlaySample } from './overlay-manifest.ts'
import { bundled, type Reading } from './reading.ts'
import { type Entry, mapping } from './sections.ts'
import { written } from './written.ts'

/** What is agreed with a partner about its documents: settings of its connection, written where people look for them. */
export interface Agreement extends Validity {
  readonly connection: string
  readonly entry: Entry
  /** Settings of the connector, as its fields read them. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly overlays: readonly Overlay[]
  readonly severity: SeverityPolicy
  /** Documents as they are exchanged, which `partner test` reads and writes. */
  readonly samples: readonly Omit<OverlaySample, 'verdicts'>[]
}

/** Keys of an agreement that are not settings of the connector as they stand. */
export const agreementKeys = ['connection', 'from', 'until', 'overlays', 'samples', 'severities'] as const

/** Reads an agreement. What it says beside its own keys is left to the connector of its connection. */
export function readAgreement(
  reading: Reading,
  entry: Entry,
  declared: ReadonlyMap<string, DeclaredOverlay>,
): Agreement | undefined {
  const { connection, from, until, overlays = [], samples = [], severities = {}, ...others } = entry.values
  if (typeof connection !== 'string' || connection === '') {
    const what = 'the connection that the documents go through.'
    reading.problems.add('MANIFEST_KEY_MISSING', entry.place, { key: 'connection', what })
    return undefined
  }
  const validity = readValidity(reading, entry, { from, until })
  const chain = readChain(reading, entry, overlays, declared)
  const forgiven = readSeverities(reading, entry, severities)
  const settings = {
    ...Object.fromEntries(Object.entries(others).map(([name, value]) => [name, asEntries(value)])),
    ...(chain.length === 0 ? {} : { overlays: chain }),
    ...(forgiven.length === 0 ? {} : { severities: forgiven }),
  }
  return {
    connection,
    ...validity,
    entry,
    settings,
    overlays: chain,
    severity: severityPolicy(forgiven),
    samples: readSamples(reading, entry, samples),
  }
}

/** Days are read as they are written: no time zone is meant. */
function readValidity(
  { problems }: Reading,
  { place }: Entry,
  told: Readonly<Record<'from' | 'until', unknown>>,
): Validity {
  const days = Object.entries(told).flatMap(([name, value]) => {
    if (value === undefined || value === '') return []
    const day = written(value)
    if (/^\d{4}-\d\d-\d\d$/.test(day) && readInstant(`${day}T00:00:00Z`) !== undefined) return [[name, day] as const]
    const problem = 'expected a day such as 2026-07-01.'
    problems.add('MANIFEST_VALUE_INVALID', place.at(name), { key: name, problem })
    return []
  })
  const { from, until }: Validity = Object.fromEntries(days)
  if (from !== undefined && until !== undefined && until < from) {
    const problem = `expected a day that is not before ${from}.`
    problems.add('MANIFEST_VALUE_INVALID', place.at('until'), { key: 'until', problem })
  }
  return Object.fromEntries(days)
}

/** `{dhl: DHLG}` is a list of `dhl=DHLG`: what settings take is easier to write as keys and values. */
function asEntries(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).map(([name, one]) => `${name}=${written(one)}`)
}

function readChain(
  reading: Reading,
  { place }: Entry,
  value: unknown,
  declared: ReadonlyMap<string, DeclaredOverlay>,
): readonly Overlay[] {
  const names = Array.isArray(value)
    ? value.map(written)
    : written(value)
        .split(',')
        .map((one) => one.trim())
  const at = place.at('overlays')
  const all = new Map([
    ...shippedOverlays.map((one) => [one.name, one] as const),
    ...[...declared].map(([name, { overlay }]) => [name, overlay] as const),
  ])
  const chain = names
    .filter((name) => name !== '')
    .flatMap((name, index) => {
      const overlay = all.get(name)
      if (overlay === undefined)
        reading.problems.add('MANIFEST_REFERENCE_UNKNOWN', at.at(index), {
          what: 'overlay',
          name,
          known: [...all.keys()].join(', '),
        })
      return overlay ?? []
    })
  const problem = agreedTogether(chain).map(conflictOf).find(Boolean)
  if (problem === undefined) return chain
  reading.problems.add('MANIFEST_OVERLAY_INVALID', at, { problem })
  return []
}

const severityNames = ['reject', 'accept', 'warn', 'ignore']

/** `{code.unknown: warn, L4: reject}` as the entries of the setting. */
function readSeverities({ problems }: Reading, { place }: Entry, value: unknown): readonly string[] {
  const at = place.at('severities')
  const told = mapping(value, at, problems) ?? {}
  return Object.entries(told).flatMap(([name, severity]) => {
    if (!/^L[0-7]$/.test(name) && !Object.hasOwn(verdictCodes, name)) {
      const known = `L0 to L7, ${Object.keys(verdictCodes).slice(0, 8).join(', ')} and others of interline edi validate`
      problems.add('MANIFEST_KEY_UNKNOWN', at.at(name), { key: name, known })
      return []
    }
    if (!severityNames.includes(written(severity))) {
      const problem = `expected one of ${severityNames.join(', ')}.`
      problems.add('MANIFEST_VALUE_INVALID', at.at(name), { key: name, problem })
      return []
    }
    return [`${name}=${written(severity)}`]
  })
}

function readSamples({ problems }: Reading, { source, place }: Entry, value: unknown): Agreement['samples'] {
  const files = Array.isArray(value) ? value.map(written) : [written(value)]
  return files
    .filter((file) => file !== '')
    .flatMap((file, index) => {
      const at = place.at('samples').at(index)
      const bytes = bundled(source, place.file, file)
      if (bytes !== undefined) return [{ place: at, file, bytes }]
      problems.add('MANIFEST_FILE_MISSING', at, { file })
      return []
    })
}

/** Runs the samples of overlays: in every agreement that an overlay is part of, alone where there is none. */
export function judgeOverlays(
  reading: Reading,
  declared: ReadonlyMap<string, DeclaredOverlay>,
  agreements: Iterable<Agreement>,
): void {
  const all = [...agreements]
  for (const { overlay, samples } of declared.values()) {
    const using = all
      .filter(({ overlays }) => overlays.includes(overlay))
      .map(({ overlays, severity }) => ({ overlays: besideEachOther(overlay, overlays), severity }))
    const chains = using.length === 0 ? [{ overlays: [overlay], severity: {} }] : using
    for (const sample of samples)
      for (const { overlays, severity } of chains) {
        const problem = judgeSample(sample, overlays, severity)
        if (problem === undefined) continue
        reading.problems.add('MANIFEST_SAMPLE_FAILED', sample.place, { sample: sample.file, problem })
        break
      }
  }
}

/** Overlays that are agreed together with one of them; where it has no days of its own, those without days. */
function besideEachOther(overlay: Overlay, all: readonly Overlay[]): readonly Overlay[] {
  const day = overlay.from ?? overlay.until
  return all.filter((one) => (day === undefined ? (one.from ?? one.until) === undefined : isValidOn(one, day)))
}

/** The only connector whose documents are agreed upon. */
export const agreedConnector = ediPartner.id
