import { InterlineError } from '../../base/errors.ts'
import { readInstant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import type { Derived, Fact } from '../../model/fact.ts'
import { answersIn } from '../../model/transmission/business-answer.ts'
import { transmissionSubject } from '../../model/transmission/number.ts'
import type { RevisionReport, TransmissionReport, WrittenReport } from '../../model/transmission/report.ts'
import type { PostingIntent } from '../../processes/postings.ts'
import type { Connection } from '../connection.ts'
import { inPartnersCodes, type Names } from '../translate/names.ts'

/**
 * The document that a partner is owed, where its connector sends this command as one; `undefined` where the command is an effect of its
 * own, `nothing` where its documents have no word for it. It is written here, once, as the agreement is now; what cannot be written is told with the reason. Never throws.
 */
export function owedTransmission(
  intent: PostingIntent,
  fact: Fact,
  {
    connections,
    recordedAt,
    names,
    state,
  }: {
    readonly connections: ReadonlyMap<string, Connection>
    readonly recordedAt: string
    /** What partners call things of ours. */
    readonly names?: Names | undefined
    /** The object that it tells of. */
    readonly state: unknown
  },
): Derived<TransmissionReport | RevisionReport> | 'nothing' | undefined {
  const { command, target, naturalKey, externalReference, key, priority, revision } = intent
  const connection = connections.get(target)
  if (connection?.connector.documents?.commands.includes(command) !== true) return undefined
  const at = readInstant(recordedAt) ?? 0
  const { payload, ...waiting } = inPartnersCodes(intent.payload, connection, {
    tenant: fact.tenant,
    at: recordedAt,
    names,
  })
  const written =
    waiting.waitsFor === undefined ? drafted(connection, { ...intent, payload }, at) : { payload, ...waiting }
  if (written === 'nothing') return 'nothing'
  const answer = written.draft?.response?.answer
  const owed = {
    connection: target,
    command,
    ...whose(fact, naturalKey),
    externalReference,
    key,
    priority,
    ...(answer === undefined ? {} : { already: answersIn(answer, state) }),
  }
  const rule = `document-${shortHash(naturalKey)}`
  if (revision === undefined)
    return {
      rule,
      type: 'transmission.reported',
      subject: transmissionSubject(fact.tenant, naturalKey),
      data: { ...owed, ...written },
    }
  const line = transmissionSubject(fact.tenant, `line:${revision.naturalKey}`)
  const change =
    revision.kind !== 'offer'
      ? 'nothing'
      : waiting.waitsFor === undefined
        ? drafted(connection, { ...intent, payload, purpose: 'change' }, at)
        : { payload, ...waiting }
  return {
    rule,
    type: 'transmission.revision_reported',
    subject: line,
    data: { ...owed, ...revision, line, original: written, ...(change === 'nothing' ? {} : { change }) },
  }
}

/** What the document tells of, and who waits for what becomes of it. */
function whose(fact: Fact, naturalKey: string): Pick<TransmissionReport, 'about' | 'origin'> {
  if (fact.type !== 'process.effect_wanted') return { about: fact.subject }
  const { object = fact.subject } = fact.data as { readonly object?: string }
  return { about: object, origin: { process: fact.subject, naturalKey } }
}

/** The document, or why there is none. Never throws. */
export function drafted(
  { connector, settings }: Connection,
  { command, payload, purpose }: Pick<PostingIntent, 'command' | 'payload'> & Pick<TransmissionReport, 'purpose'>,
  at: number,
): WrittenReport | 'nothing' {
  try {
    const draft = connector.documents?.write(
      { command, payload, ...(purpose === undefined ? {} : { purpose }) },
      { settings, at },
    )
    return draft === undefined ? {} : { draft }
  } catch (error) {
    // A fault of a writer must not stop the partition: the object shows it, and the code says that it is ours.
    const known = error instanceof InterlineError ? error : new InterlineError('EDI_WRITER_FAILED', { command }, error)
    if (known.code === 'EDI_NOTHING_TO_TELL') return 'nothing'
    return { problem: `${known.code}: ${known.message}`.slice(0, 500), payload }
  }
}
