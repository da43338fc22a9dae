import { writeInstant } from '../../base/instant.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import { generateInterchange } from '../../edi/map/generate.ts'
import { knownSets } from '../../edi/sets/find.ts'
import { functionalIdentifierOf } from '../../edi/x12/functional-identifiers.ts'
import type { ExampleDocument, Examples, Pattern } from '../kit/example.ts'
import { agreedOn } from './agreed-on.ts'
import { isAgreed } from './agreed-sets.ts'
import { grammarOf } from './grammar.ts'
import { type KeptSet, keptSet, SetReader } from './meaning/set-reader.ts'
import type { Agreement } from './policy.ts'

/** One pattern a set, or a second one that asks less of an agreement. Answers (997, CONTRL, APERAK ...) are none: they need a document of ours to answer. */
const patterns = [
  ...['180-requested', '204-tender', '210-invoice', '211-handed-over', '214-milestones', '810-invoice', '820-settled'],
  ...[
    '846-snapshot',
    '850-order',
    '855-agreed',
    '856-pick-and-pack',
    '860-changed-lines',
    '861-received',
    '865-answered',
  ],
  ...['940-released', '943-expected', '944-received', '945-shipped', '947-corrected', '990-countered'],
  ...['coarri-discharged', 'codeco-in', 'coparn', 'desadv', 'iftmbc', 'iftmbf', 'iftmin', 'iftsta-d96a', 'invoic'],
  ...['invrpt', 'invrpt-damaged', 'ordchg', 'orders', 'ordrsp', 'recadv'],
].map((name) => `${name}.in.edi`)

/** An interchange for each agreed version of the set, with the names of this partner and ours, written as everything is that we write. */
function write(
  { bytes }: Pattern,
  { settings, at }: { readonly settings: Agreement; readonly at: number },
): readonly ExampleDocument[] {
  const digits = writeInstant(at).replaceAll(/\D/g, '')
  const agreed = agreedOn(settings, writeInstant(at).slice(0, 10))
  const read = firstSet(bytes)
  if (agreed === undefined || read?.document === undefined) return []
  const { document, header } = read
  const set = header.identifier
  const isX12 = functionalIdentifierOf(set) !== undefined
  return versionsOf(set, agreed).map((version) => ({
    file: `${set.toLowerCase()}-${version.toLowerCase()}.edi`,
    contentType: isX12 ? 'application/edi-x12' : 'application/edifact',
    bytes: generateInterchange(document, grammarOf(agreed.overlays), {
      ...{ set, version, controlNumber: 1, date: digits.slice(0, 8), time: digits.slice(8, 12), lineEnd: '\n' },
      sender: { qualifier: agreed.partnerQualifier, id: agreed.partnerId || 'PARTNER', routing: '' },
      receiver: { qualifier: agreed.ownQualifier, id: agreed.ownId || 'HUB', routing: '' },
      isTest: agreed.test,
    }).bytes,
  }))
}

/** Those that are named; of a set that is taken in any version, the one that we write ourselves, else the oldest. */
function versionsOf(set: string, { receives, x12Version, edifactVersion }: Agreement): readonly string[] {
  const versions = knownSets.filter(({ table }) => table.identifier === set).map((one) => one.version)
  const agreed = versions.filter((version) => isAgreed(receives, set, version) === 'yes')
  const named = agreed.filter((version) => receives.includes(`${set}@${version}`))
  if (named.length > 0) return named
  const [type = '', release = ''] = edifactVersion.split(':')
  const own = agreed.find((version) => version === x12Version || version === `${type}.${release}`)
  return own === undefined ? agreed.slice(0, 1) : [own]
}

function firstSet(bytes: Uint8Array): KeptSet | undefined {
  const sets = new SetReader(grammarOf(standard), keptSet)
  const reader = new EnvelopeReader(sets, { openSetCheck: sets.openSetCheck })
  reader.feed(bytes)
  reader.end()
  return sets.accepted[0]
}

/** Patterns are written after the standards alone. */
const standard: Agreement['overlays'] = []

/** Interchanges of every set that this partner may send. */
export const examples: Examples<Agreement> = { patterns, write }
