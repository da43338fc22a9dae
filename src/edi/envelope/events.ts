import type { Delimiters } from '../bytes/delimiters.ts'
import type { Segment } from '../read/segment.ts'
import type { Report, Verdict } from '../verdict/verdict.ts'

/** The two syntaxes of envelopes. */
export type Syntax = 'x12' | 'edifact'

/** Who sends or receives: ISA05 to ISA08, S002 and S003. */
export interface Party {
  readonly qualifier: string
  /** Without the padding of ISA. */
  readonly id: string
  /** EDIFACT 0008, 0014: address for routing within the organisation. */
  readonly routing: string
}

/** What ISA or UNB says. */
export interface InterchangeHeader {
  readonly syntax: Syntax
  readonly index: number
  readonly delimiters: Delimiters
  readonly sender: Party
  readonly receiver: Party
  /** ISA13, 0020. */
  readonly controlNumber: string
  /** ISA12, for example 00401; the EDIFACT syntax version as `3`. */
  readonly version: string
  /** As written: ISA09 or the date of S004. */
  readonly date: string
  readonly time: string
  readonly isTest: boolean
  /** ISA14 or 0031 is 1. */
  readonly wantsAcknowledgement: boolean
  /** 0026. */
  readonly applicationReference: string
  /** 0032. */
  readonly agreement: string
  /** S001 0001, for example UNOC. */
  readonly characterSet: string
  /** ISA15, 0035 as written. */
  readonly usage: string
  /** UNH without UNB: everything above is empty. */
  readonly isBare: boolean
  readonly start: number
}

/** What GS or UNG says. */
export interface GroupHeader {
  readonly index: number
  /** GS01, 0038. */
  readonly functionalIdentifier: string
  readonly sender: string
  readonly receiver: string
  /** GS06, 0048. */
  readonly controlNumber: string
  /** GS08 as written, for example 004010VICS; the version and release of S008. */
  readonly version: string
  readonly date: string
  readonly time: string
  readonly agency: string
  readonly start: number
}

/** What ST or UNH says. */
export interface SetHeader {
  readonly syntax: Syntax
  /** In its group, from 0. */
  readonly index: number
  /** ST01, 0065: `214`, `IFTSTA`. */
  readonly identifier: string
  /** ST02, 0062. */
  readonly controlNumber: string
  /** ST03 or else GS08 in X12; `D:96A:UN` in EDIFACT. */
  readonly version: string
  /** ST03, 0057: the guide that the sender follows; empty if none is named. */
  readonly guide: string
  readonly interchange: InterchangeHeader
  /** `undefined` where EDIFACT messages stand in no group. */
  readonly group: GroupHeader | undefined
  readonly start: number
}

/** A set that was read to its end. */
export interface SetReport {
  readonly header: SetHeader
  /** Including ST and SE, UNH and UNT. */
  readonly segments: number
  readonly status: 'accepted' | 'accepted_with_errors' | 'rejected'
  /** In the order of the file; those that are ignored are not among them. */
  readonly verdicts: readonly Verdict[]
  readonly end: number
}

/** A group, or what stands outside of groups, that was read to its end. */
export interface GroupReport {
  readonly header: GroupHeader
  /** Sets that began in it. */
  readonly sets: number
  readonly setsAccepted: number
  /** GE01, 0060 as written. */
  readonly setsDeclared: string
  readonly status: 'accepted' | 'accepted_with_errors' | 'partly_accepted' | 'rejected'
  readonly verdicts: readonly Verdict[]
  readonly end: number
}

/** An interchange that was read to its end. */
export interface InterchangeReport {
  readonly header: InterchangeHeader
  readonly groups: number
  readonly sets: number
  readonly setsAccepted: number
  readonly segments: number
  readonly status: 'accepted' | 'accepted_with_errors' | 'rejected'
  /** Of the interchange itself; those of its groups and sets came with them. */
  readonly verdicts: readonly Verdict[]
  readonly end: number
  /** TA1, 997, 999 or CONTRL and nothing else: must not be acknowledged. */
  readonly isAcknowledgement: boolean
}

/** What the envelope tells, in the order of the file. Whoever does not want all of it leaves methods out. */
export interface EnvelopeListener {
  interchangeOpened?(header: InterchangeHeader): void
  groupOpened?(header: GroupHeader, interchange: InterchangeHeader): void
  setOpened?(header: SetHeader): void
  /** Every segment of a set with its number, ST and UNH being 1; others (TA1, ISB) with number 0. */
  segment?(segment: Segment, number: number): void
  binary?(bytes: Uint8Array): void
  setClosed?(report: SetReport): void
  groupClosed?(report: GroupReport): void
  interchangeClosed?(report: InterchangeReport): void
  /** Found outside of every interchange. */
  stray?(verdict: Verdict): void
}

/** Checks the content of one set while it passes. Made by the grammar for a set and version that it knows. */
export interface SetCheck {
  /** Version whose rules it checks by, as the tables of sets name it: `D.96A`. */
  readonly version?: string
  segment(segment: Segment, number: number): void
  /** After SE, UNT or where it is missing. `end` is the offset after the last segment. */
  end(end: number): void
}

/** `undefined` where nothing is known of such a set: the envelope then says `set.unsupported`. */
export type OpenSetCheck = (header: SetHeader, report: Report) => SetCheck | undefined
