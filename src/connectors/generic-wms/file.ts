import type { Document, TranslateContext, Translation } from '../kit/connector.ts'
import { movementFile } from '../kit/file/movements.ts'
import { stockFile } from '../kit/file/stock.ts'
import { translateFile } from '../kit/file/translate-file.ts'
import type { Settings } from './settings.ts'

/** A CSV file with the columns of the contract: movements, or counts and snapshots, told apart by their header. */
export function readFile(document: Document, { settings }: TranslateContext<Settings>): Translation {
  return translateFile(document, {
    kinds: [
      { id: 'movements', kind: movementFile },
      { id: 'counts', kind: stockFile },
    ],
    badRows: 'park_file',
    settings: { ...settings, timeZone: '' },
  })
}
