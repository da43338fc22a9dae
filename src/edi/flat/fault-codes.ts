/** One thing that can be wrong with a flat file, and what its reader does next. */
export interface FaultRow {
  readonly title: string
  /** What it makes unusable: its row, its document, or the file. */
  readonly reach: 'row' | 'document' | 'file'
  readonly next: string
}

/** Keeps the codes as types. */
function defineFaults<const T extends Readonly<Record<string, FaultRow>>>(
  rows: T,
): { readonly [K in keyof T]: FaultRow } {
  return rows
}

/** The table of everything that can be wrong with a flat file. The reference page of files is generated from it. */
export const faultCodes = defineFaults({
  'bytes.invalid': {
    title: 'Bytes that the declared encoding does not have.',
    reach: 'row',
    next: 'Compare the setting encoding with what the partner writes; Windows programs often write windows-1252.',
  },
  'count.wrong': {
    title: 'The trailer counts another number of records than there are.',
    reach: 'document',
    next: 'The file is cut off or was edited: ask for it again.',
  },
  'document.contradicts': {
    title: 'A row says something else of its document than the first of its rows.',
    reach: 'document',
    next: 'If rows may differ in it, add the field to group: then they are documents of their own. Else have it corrected.',
  },
  'document.scattered': {
    title: 'Rows of one document are not next to each other.',
    reach: 'document',
    next: 'Ask for a file that is sorted by the columns of the setting group.',
  },
  'document.too_long': {
    title: 'One document has more rows than the limit.',
    reach: 'file',
    next: 'Check group or document in the schema; else ask for smaller documents.',
  },
  'field.code_unknown': {
    title: 'A code that the schema does not list.',
    reach: 'row',
    next: 'Add the code with its meaning to codes of the field, or have it corrected.',
  },
  'field.constant_wrong': {
    title: 'Another text than the one that must stand there.',
    reach: 'row',
    next: 'Is this the right schema for the file? Else correct the constant.',
  },
  'field.invisible': {
    title: 'A character that nobody sees stands in a value.',
    reach: 'row',
    next: 'Have it removed at its source: with it this is another item, lot or number. If it belongs there, declare codes as {} and otherCodes as keep.',
  },
  'field.missing': {
    title: 'A required value is missing.',
    reach: 'row',
    next: 'Have it filled in, or give the field a value or required: false in the schema.',
  },
  'field.not_a_date': {
    title: 'Not a date in the declared format.',
    reach: 'row',
    next: 'Compare the value with format of the field, or dates of the schema.',
  },
  'field.not_a_number': {
    title: 'Not a number in the declared form.',
    reach: 'row',
    next: 'Compare the value with decimalMark, thousandsMark and sign of the schema.',
  },
  'field.not_yes_or_no': {
    title: 'Neither yes nor no.',
    reach: 'row',
    next: 'Write 1 or 0, Y or N, true or false, or declare codes.',
  },
  'field.spreadsheet': {
    title: 'What a spreadsheet made of a value.',
    reach: 'row',
    next: 'Ask for the file as its system wrote it: digits that are gone do not come back. If it is really written so, declare codes as {} and otherCodes as keep.',
  },
  'field.too_long': {
    title: 'A value is longer than allowed.',
    reach: 'row',
    next: 'Are the columns shifted? Else raise longest of the field.',
  },
  'field.too_short': {
    title: 'A value is shorter than allowed.',
    reach: 'row',
    next: 'Are the columns shifted? Else lower shortest of the field.',
  },
  'field.unstorable': {
    title: 'A character that no database stores.',
    reach: 'row',
    next: 'Have the NUL or lone surrogate removed at its source.',
  },
  'file.empty': {
    title: 'The file has no row.',
    reach: 'file',
    next: 'Ask whether the export failed; an empty file is never taken for an empty warehouse.',
  },
  'header.column_missing': {
    title: 'The header does not name a required column.',
    reach: 'file',
    next: 'Compare the names of the columns in the schema with the first line of the file.',
  },
  'header.column_twice': {
    title: 'The header names a column twice.',
    reach: 'file',
    next: 'Give the columns by number, without a header, or have one renamed.',
  },
  'header.missing': {
    title: 'There is no header line.',
    reach: 'file',
    next: 'Declare header: false and give the columns by number, or ask for the header.',
  },
  'quote.open': {
    title: 'A quote that does not close.',
    reach: 'row',
    next: 'Have quotes within values doubled, or declare quote as empty when the partner does not quote.',
  },
  'quote.stray': {
    title: 'Text behind a closing quote.',
    reach: 'row',
    next: 'Have quotes within values doubled; or check escape of the schema.',
  },
  'record.misplaced': {
    title: 'A record stands where its kind does not belong.',
    reach: 'file',
    next: 'Compare parent of the record with the order in the file.',
  },
  'record.missing': {
    title: 'A record that must be there is missing.',
    reach: 'document',
    next: 'The file is cut off, or min of the record is too strict.',
  },
  'record.too_many': {
    title: 'More records of one kind than allowed.',
    reach: 'document',
    next: 'Compare max of the record with the file.',
  },
  'record.unknown': {
    title: 'A row that is none of the declared records.',
    reach: 'row',
    next: 'Declare the record by its tag, or a comment prefix for lines to be skipped.',
  },
  'row.cells': {
    title: 'Another number of cells than columns.',
    reach: 'row',
    next: 'Does a value hold the delimiter without quotes? Rows may differ only with ragged: true.',
  },
  'row.too_long': {
    title: 'A row, cell or number of cells past the limit.',
    reach: 'row',
    next: 'Check delimiter and lineEnd in the schema; a real row has at most 1 MiB.',
  },
  'row.totals': {
    title: 'The last row may be the totals of the table, or an item of that name.',
    reach: 'row',
    next: 'Ask for the file without totals, or declare its first word as comment, so that the row is skipped.',
  },
  'row.width': {
    title: 'A line is not as long as declared.',
    reach: 'row',
    next: 'Compare lineLength and unit of the schema with the file; trailing blanks may have been cut: ragged: true allows that.',
  },
  'sum.wrong': {
    title: 'The trailer has another sum than the records.',
    reach: 'document',
    next: 'The file is cut off or was edited: ask for it again.',
  },
})

/** Stable name of something that can be wrong with a flat file. */
export type FaultCode = keyof typeof faultCodes
