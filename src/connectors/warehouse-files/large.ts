import type { SettingsOf } from '../../base/fields.ts'
import { declaredFiles } from '../kit/file/files-setting.ts'
import { LargeFileJudge } from '../kit/file/large-file.ts'
import type { LargeInbound } from '../kit/large.ts'
import type { agreement } from './settings.ts'

/** Some 2,500 rows: more of them in one message keep everybody else waiting. */
const bytesAbove = 256 * 1024

/** Files of plain rows, of any size. Those that count only whole are one message, as large as one may be. */
export const large: LargeInbound<SettingsOf<typeof agreement>> = {
  bytesAbove,
  judge: (settings, { name }) =>
    new LargeFileJudge({
      kinds: declaredFiles(settings.files).in,
      badRows: settings.badRows,
      context: { ...settings, file: name },
    }),
}
