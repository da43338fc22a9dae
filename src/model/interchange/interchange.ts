import { shortHash } from '../../base/sha256.ts'
import { type Derived, type Evolution, type Evolve, entities, type Fact } from '../fact.ts'
import { type AnswerDraft, groupSlot, type InterchangeReport, interchangeSlot } from './report.ts'

/** One interchange of a partner: what it was, and what it was answered with. */
export interface InterchangeState {
  readonly contentHash?: string
  readonly message?: string
  readonly connection?: string
  /** Answers that wait for their control numbers, in the order in which these were asked for. */
  readonly drafts: readonly { readonly kind: 'answer' | 'conflict'; readonly draft: AnswerDraft }[]
  /** The answer as it was sent: a repetition gets the same bytes. */
  readonly answer?: { readonly number: string; readonly text: string }
  readonly sends: number
}

const unknownInterchange: InterchangeState = { drafts: [], sends: 0 }

/**
 * Folds what is said about one interchange. The first time it is answered; a repetition gets the stored answer, the same bytes
 * under the same numbers; another interchange under the same number is a conflict, and is told so.
 */
export const evolveInterchange: Evolve<InterchangeState> = (state = unknownInterchange, fact) => {
  if (fact.type === 'interchange.reported') return received(state, fact, fact.data as InterchangeReport)
  if (fact.type === 'interchange.numbers_reported')
    return numbered(state, fact.data as { readonly interchange: number; readonly group: number })
  return { state, facts: [], timers: [] }
}

function received(state: InterchangeState, fact: Fact, report: InterchangeReport): Evolution<InterchangeState> {
  const { message, connection, contentHash, answer, conflictAnswer, ...told } = report
  const facts: Derived[] = []
  if (state.contentHash === undefined) {
    facts.push({ rule: 'received', type: 'interchange.received', data: { connection, ...told } })
    return asking({ ...state, contentHash, connection, message }, fact, {
      report,
      kind: 'answer',
      draft: answer,
      facts,
    })
  }
  if (state.message === message) return { state, facts: [], timers: [] }
  if (state.contentHash !== contentHash) {
    facts.push({ rule: 'conflict', type: 'interchange.conflicted', data: { connection, ...told } })
    return asking(state, fact, { report, kind: 'conflict', draft: conflictAnswer, facts })
  }
  // Our own replay is no repetition by the partner: nobody waits for another answer.
  if (fact.replay === true) return { state, facts: [], timers: [] }
  facts.push({ rule: 'repeated', type: 'interchange.repeated', data: { connection, ...told } })
  if (state.answer === undefined) return { state, facts, timers: [] }
  const sends = state.sends + 1
  facts.push(acknowledged(connection, state.answer, sends))
  return { state: { ...state, sends }, facts, timers: [] }
}

/** Control numbers belong to the pair of partners: they are asked for there, and come back as a fact about this interchange. */
function asking(
  state: InterchangeState,
  fact: Fact,
  wanted: {
    readonly report: InterchangeReport
    readonly kind: 'answer' | 'conflict'
    readonly draft: AnswerDraft | undefined
    readonly facts: readonly Derived[]
  },
): Evolution<InterchangeState> {
  const { report, kind, draft, facts } = wanted
  if (draft === undefined || fact.replay === true) return { state, facts, timers: [] }
  const ask: Derived = {
    rule: 'numbers',
    type: 'partnership.answer_reported',
    subject: partnershipSubject(fact.tenant, report.partnership),
    data: { interchange: fact.subject, groups: draft.groups },
  }
  return { state: { ...state, drafts: [...state.drafts, { kind, draft }] }, facts: [...facts, ask], timers: [] }
}

function numbered(
  state: InterchangeState,
  numbers: { readonly interchange: number; readonly group: number },
): Evolution<InterchangeState> {
  const [next, ...drafts] = state.drafts
  if (next === undefined) return { state, facts: [], timers: [] }
  const answer = { number: `${numbers.interchange}`, text: filled(next.draft, numbers) }
  const sends = state.sends + 1
  const kept = next.kind === 'answer' ? { ...state, answer } : state
  return {
    state: { ...kept, drafts, sends },
    facts: [acknowledged(state.connection ?? '', answer, sends)],
    timers: [],
  }
}

function acknowledged(connection: string, answer: { number: string; text: string }, sends: number): Derived {
  return { rule: 'answer', type: 'interchange.acknowledged', data: { connection, ...answer, sends } }
}

/** The aggregate that counts for a pair of partners. */
export function partnershipSubject(tenant: string, partnership: string): string {
  return `${entities.partnership}_${shortHash(`${tenant}|${partnership}`)}`
}

/** The draft with its numbers in place. Not put together character by character: of a document of megabytes that would be a rope of millions. */
export function filled(
  { text, width }: AnswerDraft,
  numbers: { readonly interchange: number; readonly group: number },
): string {
  return text.replaceAll(slots, (slot) => {
    const code = slot.charCodeAt(0)
    if (code === interchangeSlot) return `${numbers.interchange}`.padStart(width, '0')
    return `${numbers.group + code - groupSlot}`
  })
}

/** From `interchangeSlot` on. */
const slots = /[\uE000-\uF8FF]/g
