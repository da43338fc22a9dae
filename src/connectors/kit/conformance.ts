import type { ReportedEvent } from '../../model/report.ts'
import { codes } from '../../model/shipment/codes.ts'
import type { Ask, Connector, Operation } from './connector.ts'
import { exampleSettings, type GoldenOutcome } from './golden.ts'
import type { ProcedureOutcome } from './golden-procedure.ts'
import { peek } from './peek.ts'
import type { Procedure } from './procedure.ts'

type Settings = Readonly<Record<string, unknown>>
type AnyOperation = Operation<Settings> | Procedure<Settings>

/** What every declaration owes, whatever the system. Sentences; none is conformance. */
export function declarationProblems(connector: Connector): string[] {
  const { id, about, settings, inbound, feed, operations = {}, procedures = {} } = connector
  const problems: string[] = []
  const owes = (kept: boolean, problem: string): void => {
    if (!kept) problems.push(`${id}: ${problem}`)
  }
  owes(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id), 'the id is not kebab-case')
  owes(isSentence(about), 'about is not a sentence')
  const asks = Object.keys(operations).length + Object.keys(procedures).length > 0
  owes(feed === undefined || inbound !== undefined, 'has a feed and no door that its messages come through')
  owes(inbound !== undefined || asks, 'takes nothing in and can be asked nothing')
  for (const [name, field] of Object.entries(settings)) {
    owes(/^[a-z][A-Za-z0-9]*$/.test(name), `setting ${name} is not camelCase`)
    owes(isSentence(field.description), `setting ${name} is not described in a sentence`)
    owes(!name.toLowerCase().includes(id.replaceAll('-', '')), `setting ${name} repeats the name of the connector`)
    owes(field.secret || !/(secret|key|token|password)s?$/i.test(name), `setting ${name} is not declared as a secret`)
    owes(field.default === undefined || isAccepted(field), `the default of setting ${name} is not acceptable`)
  }
  owes(!asks || 'timeoutSeconds' in settings, 'can be asked, but has no timeoutSeconds')
  if (inbound !== undefined)
    owes(new RegExp(`^${id}/[1-9]\\d*$`).test(inbound.mapping), `mapping ${inbound.mapping} is not ${id}/<n>`)
  problems.push(...verificationProblems(connector))
  for (const [name, operation] of [...Object.entries(operations), ...Object.entries(procedures)])
    problems.push(...operationProblems(connector, name, operation))
  const commands = [...Object.values(operations), ...Object.values(procedures)].flatMap(({ command }) => command ?? [])
  owes(new Set(commands).size === commands.length, 'two of its operations carry out one command')
  return problems
}

function isSentence(text: string): boolean {
  return /^[A-Z].*\.$/s.test(text)
}

function isAccepted(field: Connector['settings'][string]): boolean {
  try {
    field.parse(field.default)
    return true
  } catch {
    return false
  }
}

/** A signature that is checked against an empty or a public text is none. */
function verificationProblems({ id, settings, inbound }: Connector): string[] {
  const example = exampleSettings(settings)
  const verification = inbound?.verify(example)
  if (verification === undefined || verification.scheme === 'api-key') return []
  const secrets = secretsOf(settings, example).map(([, value]) => value)
  const problems = secrets.includes(verification.secret) ? [] : [`${id}: verifies with what is not a secret setting`]
  if ('header' in verification && verification.header !== verification.header.toLowerCase())
    problems.push(`${id}: header ${verification.header} is not in lower case`)
  return problems
}

function operationProblems({ id, settings }: Connector, name: string, operation: AnyOperation): string[] {
  const problems: string[] = []
  const owes = (kept: boolean, problem: string): void => {
    if (!kept) problems.push(`${id}.${name}: ${problem}`)
  }
  const { command, write, idempotency, readBack, discloses = [] } = operation
  owes(write === (command !== undefined), 'a write carries out a command, a question none')
  owes(write === (idempotency !== undefined), 'a write says what a lost answer needs, a question needs nothing')
  owes(command === undefined || /^[a-z]+(_[a-z]+)*$/.test(command), `command ${command} is not verb_noun`)
  if (idempotency?.strategy === 'read-back') {
    owes(readBack !== undefined, 'is looked up, but has no readBack')
    owes(idempotency.horizonSeconds > 0, 'has no horizon: an accepted request takes time to finish')
    owes((idempotency.referenceLength ?? 16) >= 16, 'keeps a reference that is too short to be unique')
  }
  for (const disclosed of discloses)
    owes(settings[disclosed]?.secret === true, `discloses ${disclosed}, which is no secret setting`)
  return problems
}

/** What every outcome owes: canonical codes, unknown ones counted word for word, no secret on the wire outside its place. */
export function outcomeProblems(connector: Connector, operation: string, outcome: GoldenOutcome): string[] {
  const problems = 'translation' in outcome ? translationProblems(outcome.translation) : []
  if ('ask' in outcome) {
    const asks = [outcome.ask, ...(outcome.readBack === undefined ? [] : [outcome.readBack.ask])]
    problems.push(...asks.flatMap((ask) => askProblems(connector, operation, ask)))
  }
  if ('turns' in outcome) problems.push(...conversationProblems(connector, operation, outcome))
  const said =
    'turns' in outcome
      ? { ...outcome, turns: undefined }
      : 'ask' in outcome
        ? { ...outcome, ask: undefined, readBack: outcome.readBack?.found }
        : outcome
  for (const [name, value] of secretsOf(connector.settings))
    if (JSON.stringify(said).includes(value)) problems.push(`repeats the secret ${name}`)
  return problems.map((problem) => `${connector.id}.${operation}: ${problem}`)
}

/** Nothing is done on the word of an answer: what counts is seen by a look after the last change. */
function conversationProblems(connector: Connector, operation: string, outcome: ProcedureOutcome): string[] {
  const { turns, end, readBack } = outcome
  const problems = [...turns, ...(readBack?.turns ?? [])].flatMap(({ ask }) => askProblems(connector, operation, ask))
  if (turns[0]?.changes === true) problems.push('changes something before it has looked')
  if (end.outcome === 'applied' && turns.at(-1)?.changes === true)
    problems.push('is done without a look at what is there')
  if (readBack?.turns.some(({ changes }) => changes) === true) problems.push('changes something in a look-up')
  return problems
}

function askProblems(connector: Connector, operation: string, ask: Ask): string[] {
  const { sign: _, ...wire } = ask
  const problems: string[] = []
  if ((ask.path === undefined) === (ask.url === undefined)) problems.push('asks neither or both of path and url')
  if (ask.path?.startsWith('/') === false) problems.push(`path ${ask.path} does not start with /`)
  if (ask.body !== undefined && ask.contentType === undefined) problems.push('sends a body without saying what it is')
  const asked = connector.operations?.[operation] ?? connector.procedures?.[operation]
  const allowed = asked?.discloses ?? []
  for (const [name, value] of secretsOf(connector.settings))
    if (!allowed.includes(name) && JSON.stringify(wire).includes(value)) problems.push(`sends the secret ${name}`)
  return problems
}

function translationProblems(translation: Extract<GoldenOutcome, { translation: unknown }>['translation']): string[] {
  if ('ignored' in translation) return translation.ignored === '' ? ['ignores without a reason'] : []
  const { assertions, unknownCodes = [] } = translation
  const problems: string[] = []
  if (assertions.length === 0 && unknownCodes.length === 0) problems.push('says nothing and does not say why')
  for (const { type, about, data } of assertions) {
    if (about.references.length === 0) problems.push(`${type} is about nothing`)
    if (type === 'tracking.reported')
      for (const event of eventsOf(data)) problems.push(...eventProblems(event, unknownCodes))
  }
  return problems
}

function eventProblems(event: ReportedEvent, unknownCodes: readonly { readonly code: string }[]): string[] {
  const { code, confidence, raw } = event
  if (!Object.hasOwn(codes, code)) return [`${code} is no canonical code`]
  if (confidence !== 'unmapped') return []
  const problems = code === 'unknown' ? [] : [`guesses ${code} for a code that it does not know`]
  const said = [raw.code, raw.subcode].filter((one) => one !== undefined)
  if (said.length > 0 && !unknownCodes.some((one) => said.includes(one.code)))
    problems.push(`does not count the unknown code ${said.join('/')}`)
  return problems
}

/** What the goldens of a connector owe together: each door and operation with as many bad cases as good ones at least. */
export function coverageProblems(
  connector: Connector,
  played: readonly { readonly operation: string; readonly outcome: GoldenOutcome }[],
): string[] {
  const { id, kind, inbound, documents, operations = {}, procedures = {} } = connector
  const doors = [
    ...(inbound === undefined ? [] : ['inbound']),
    ...(documents === undefined ? [] : ['documents']),
    ...Object.keys(operations),
    ...Object.keys(procedures),
  ]
  const problems = doors.flatMap((door) => {
    const outcomes = played.filter(({ operation }) => operation === door).map(({ outcome }) => outcome)
    const good = outcomes.filter(isGood).length
    if (good === 0) return [`${id}: no golden file of ${door} succeeds`]
    return outcomes.length - good < good ? [`${id}: ${door} has ${good} good golden files and fewer bad ones`] : []
  })
  const tracks = (kind === 'carrier' || kind === 'aggregator') && inbound !== undefined
  const keepsUnknown = played.some(({ outcome }) => trackedEvents(outcome).some((one) => one.confidence === 'unmapped'))
  return tracks && !keepsUnknown ? [...problems, `${id}: no golden file has a code that nobody maps`] : problems
}

function isGood(outcome: GoldenOutcome): boolean {
  if ('error' in outcome) return false
  if ('draft' in outcome) return true
  if ('turns' in outcome) return outcome.end.outcome === 'applied'
  // What can be read of a bad document is no good document.
  if ('rest' in outcome && outcome.rest !== undefined) return false
  if ('translation' in outcome) return 'assertions' in outcome.translation
  return outcome.reading.outcome === 'applied' || outcome.reading.outcome === 'accepted'
}

/** All tracking events that an outcome reports. */
export function trackedEvents(outcome: GoldenOutcome): readonly ReportedEvent[] {
  if (!('translation' in outcome) || !('assertions' in outcome.translation)) return []
  return outcome.translation.assertions.flatMap(({ type, data }) =>
    type === 'tracking.reported' ? eventsOf(data) : [],
  )
}

/** Our own assertions, whose type says what their data is. */
function eventsOf(data: unknown): readonly ReportedEvent[] {
  const events = peek(data, 'events')
  return Array.isArray(events) ? (events as readonly ReportedEvent[]) : []
}

function secretsOf(
  settings: Connector['settings'],
  values: Readonly<Record<string, unknown>> = exampleSettings(settings),
): [name: string, value: string][] {
  return Object.entries(settings).flatMap(([name, field]) =>
    field.secret ? [values[name]].flat().map((value): [string, string] => [name, String(value)]) : [],
  )
}
