import { InterlineError } from '../../base/errors.ts'
import { shortHash } from '../../base/sha256.ts'
import type { SetHeader } from '../../edi/envelope/events.ts'
import type { Assertion } from '../../model/fact.ts'
import { type AdviceReport, advisedMax } from '../../model/transmission/advice.ts'
import type { DocumentDraft } from '../../model/transmission/report.ts'
import type { Document, TranslateContext } from '../kit/connector.ts'
import { writeOwed } from './documents/document.ts'
import { readFile } from './file.ts'
import type { UnderstoodSet } from './meaning/meaning.ts'
import { partnershipIn } from './partnership.ts'
import type { Agreement } from './policy.ts'

const command = 'advise_application'

/**
 * What the partner is told of sets that are well-formed, were acknowledged, and cannot be understood: an 824 or APERAK for each, where
 * the agreement asks for it. It is a document of its own, with its own numbers, and is followed like all of ours.
 */
export function adviceOfRefused(
  document: Document,
  { settings, connection, receivedAt }: TranslateContext<Agreement>,
): readonly Assertion<AdviceReport>[] {
  if (settings.advice === 'none') return []
  return acceptedSets(document, settings)
    .filter((set) => 'failure' in set)
    .slice(0, advisedMax)
    .map(({ header, documentNumber, failure }) => {
      const { interchange, group, controlNumber } = header
      const partnership = partnershipIn(interchange)
      const { controlNumber: number, date, time } = interchange
      // Numbers come again after some years; the sender's clock tells such interchanges apart.
      const file = [number, date, time].join(' ')
      const value = [interchange.controlNumber, group?.controlNumber ?? '', controlNumber].join(' ')
      const payload = {
        interchange: interchange.controlNumber,
        group: group?.controlNumber,
        set: header.identifier,
        setNumber: controlNumber,
        ...(documentNumber === undefined ? {} : { documentNumber }),
        text: problemOf(failure),
      }
      return {
        type: 'transmission.advice_reported',
        about: {
          entity: 'transmission',
          references: [{ scheme: 'refused_interchange', issuer: partnership, value: file }],
          unknown: 'create',
        },
        data: {
          set: `${partnership}|${file}|${value}`,
          document: {
            connection,
            command,
            about: '',
            externalReference: `IL${shortHash(`${connection}|${partnership}|${value}`).toUpperCase()}`,
            key: `advice:${partnership}`,
            priority: 3,
            ...drafted(payload, { settings: answering(header, settings), at: receivedAt }),
          },
        },
      }
    })
}

function acceptedSets(document: Document, settings: Agreement): readonly UnderstoodSet[] {
  try {
    return readFile(document, settings).sets.accepted
  } catch (error) {
    // What is wrong with the file as a whole is told by the map, which parks it.
    if (error instanceof InterlineError) return []
    throw error
  }
}

function problemOf(failure: unknown): string {
  if (failure instanceof InterlineError) return failure.message
  throw failure
}

/** In the standard and version of what is answered, where we write it. */
function answering({ syntax, version, interchange }: SetHeader, settings: Agreement): Agreement {
  const x12Version = version.startsWith('005010') ? '005010' : settings.x12Version
  const edifactVersion = version.startsWith('D:01B') ? 'D:01B:UN' : settings.edifactVersion
  const { sender, receiver } = interchange
  return {
    ...settings,
    standard: syntax,
    x12Version,
    edifactVersion,
    // An agreement that accepts every sender answers the one who sent.
    ...(settings.partnerId === '' ? { partnerId: sender.id, partnerQualifier: sender.qualifier } : {}),
    ...(settings.ownId === '' ? { ownId: receiver.id, ownQualifier: receiver.qualifier } : {}),
  }
}

function drafted(
  payload: unknown,
  context: { readonly settings: Agreement; readonly at: number },
): { readonly draft: DocumentDraft } | { readonly problem: string; readonly payload: unknown } {
  try {
    return { draft: writeOwed({ command, payload }, context) }
  } catch (error) {
    if (error instanceof InterlineError) return { problem: `${error.code}: ${error.message}`.slice(0, 500), payload }
    throw error
  }
}
