import type { Encoding } from './encoding.ts'
import type { FieldType } from './field-type.ts'

/** How the rows of a file are written. */
export type Form = CsvForm | FixedForm

/** Cells behind delimiters. */
export interface CsvForm {
  readonly kind: 'csv'
  readonly delimiter: string
  /** Empty: nothing is quoted. */
  readonly quote: string
  /** What stands before a quote that is part of a value: the quote itself, or a backslash. */
  readonly escape: string
  readonly hasHeader: boolean
  readonly quoting: 'needed' | 'always'
}

/** Values at fixed positions. */
export interface FixedForm {
  readonly kind: 'fixed'
  /** What positions count: they differ where a character has several bytes. */
  readonly unit: 'characters' | 'bytes'
  /** Every line has this length; undefined where the fields decide. */
  readonly lineLength: number | undefined
  /** False: records follow each other without line ends. */
  readonly hasLineEnds: boolean
}

/** A flat file as data: what is read, checked and written follows from it. */
export interface FlatSchema {
  readonly name: string
  readonly form: Form
  readonly encoding: Encoding
  /** Written; both are read. */
  readonly lineEnd: '\n' | '\r\n'
  readonly byteOrderMark: boolean
  /** Lines that begin with it are skipped; empty: none. */
  readonly comment: string
  /** Lines before everything else that say nothing. */
  readonly skipLines: number
  /** Missing cells or blanks at the end of a row are allowed. */
  readonly isRagged: boolean
  readonly trim: boolean
  readonly records: readonly RecordType[]
  /** Index of the record that begins a document; undefined: see `group`. */
  readonly document: number | undefined
  /** Fields of the only record whose values make consecutive rows one document; none: every row is one. */
  readonly group: readonly number[]
  /** Fields of the only record that the first row of such a document says for all of them. */
  readonly once: readonly number[]
}

/** One kind of row as it is read: what the schema says, with everything looked up. */
export interface RecordType {
  /** Upper case; a tag in the tree that the map reads. */
  readonly name: string
  /** How it is told apart; undefined for the kind that all other rows are. */
  readonly tag: Tag | undefined
  /** Index of the record that it stands below; undefined at the level of the file. */
  readonly parent: number | undefined
  /** Below one parent. */
  readonly min: number
  readonly max: number
  readonly fields: readonly FlatField[]
}

/** Where a record says what it is: column or position from 0. */
export interface Tag {
  readonly at: number
  readonly length: number
  readonly is: string
}

/** One value of a record, where it stands and what it may be. */
export interface FlatField {
  readonly name: string
  /** Names that the header may give it, the written one first. */
  readonly columns: readonly string[]
  /** Column without a header, or position, from 0; -1 where it is not in the file. */
  readonly at: number
  /** Width in a fixed line; 0 in CSV. */
  readonly length: number
  readonly type: FieldType
  readonly isRequired: boolean
  readonly longest: number
  readonly shortest: number
  /** Must stand there, and is written. */
  readonly constant: string | undefined
  /** Not in the file: what it is all the same. */
  readonly value: string | undefined
  /** Field of the same record that has the time of this date. */
  readonly time: number | undefined
  readonly pad: string
  readonly align: 'left' | 'right'
  /** How many records there are, of these kinds, from the parent of this record on. */
  readonly counts: readonly number[] | undefined
  /** Sum of a field of another record, likewise. */
  readonly sums: { readonly record: number; readonly field: number } | undefined
}

/** Whether a file has one kind of record and no tags. */
export function isPlain({ records }: FlatSchema): boolean {
  return records.length === 1
}
