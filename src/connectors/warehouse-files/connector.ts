import type { SettingsOf } from '../../base/fields.ts'
import { type Document, defineConnector, type TranslateContext, type Translation } from '../kit/connector.ts'
import { exampleFiles } from '../kit/file/example-file.ts'
import { declaredFiles } from '../kit/file/files-setting.ts'
import { translateFile } from '../kit/file/translate-file.ts'
import { announceReceipt, releaseDelivery } from './drop.ts'
import { large } from './large.ts'
import { agreement } from './settings.ts'

export const warehouseFiles = defineConnector({
  id: 'warehouse-files',
  label: 'Warehouse by files',
  kind: 'wms',
  about:
    'A warehouse or 3PL that exchanges CSV, fixed-width or record-type files: movements, stock, receipts, ship notices and shipping confirmations come in, shipping orders and expected receipts go out.',
  certification: 'golden',
  settings: agreement,
  inbound: {
    verify: () => ({ scheme: 'api-key' }),
    identify: () => undefined,
    mapping: 'warehouse-files/1',
    format: 'file',
    translate,
    large,
    examples: {
      patterns: ['receipt.in.csv', 'ship-notice.in.csv', 'shipped.in.csv', 'stock.in.csv', 'stock-moved.in.csv'],
      write: (pattern, { settings }) => exampleFiles(pattern, declaredFiles(settings.files).in),
    },
  },
  operations: { announceReceipt, releaseDelivery },
})

function translate(document: Document, { settings }: TranslateContext<SettingsOf<typeof agreement>>): Translation {
  return translateFile(document, { kinds: declaredFiles(settings.files).in, badRows: settings.badRows, settings })
}
