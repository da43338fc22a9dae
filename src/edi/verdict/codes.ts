import type { CodeRow } from './code-row.ts'
import { byteCodes } from './codes-bytes.ts'
import { contentCodes } from './codes-content.ts'
import { envelopeCodes } from './codes-envelope.ts'

const rows = { ...byteCodes, ...envelopeCodes, ...contentCodes }

/** The stable name of a finding. */
export type VerdictCode = keyof typeof rows

/** The one error list. Every acknowledgement, screen and figure is a rendering of it. */
export const verdictCodes: Readonly<Record<VerdictCode, CodeRow>> = rows
