import { choice, document, seconds, text, timeZone } from '../../base/fields.ts'
import { declaredFiles } from '../kit/file/files-setting.ts'
import { badRowPolicies } from '../kit/file/translate-file.ts'

/** What was agreed with a warehouse about its files. */
export const agreement = {
  files: document(
    'The files that are exchanged, by a name of your own: kind, names or fileName, and the form where it differs from the default.',
    { check: (value) => void declaredFiles(value), default: {} },
  ),
  badRows: choice(
    'What becomes of a file with faults: all of it is parked, or only what is wrong; or it is refused and not kept for correction.',
    badRowPolicies,
    { default: 'park_file' },
  ),
  timeZone: timeZone('Zone of local times, like Europe/Brussels; empty takes them as UTC and says so.'),
  system: text('Name of the warehouse’s system in identifiers of its own documents.', { default: 'wms' }),
  orderSystem: text('Name of the system that numbers orders and deliveries.', { default: 'erp' }),
  timeoutSeconds: seconds('Writing one file in total.', { default: 30 }),
} as const
