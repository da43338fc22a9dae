import { type Field, type Fields, readSettings, type SettingsOf } from '../../base/fields.ts'
import type { Validity } from '../../edi/overlay/validity.ts'

/** An agreement as it is between two days. */
export interface Edition<S> extends Validity {
  readonly settings: S
}

/** A setting that holds the agreement as it was, is and will be: each edition with all other settings of its own. */
export function editionsOf<F extends Fields>(fields: F): Field<readonly Edition<SettingsOf<F>>[]> {
  const parse = (value: unknown): readonly Edition<SettingsOf<F>>[] => {
    if (!Array.isArray(value)) throw new Error('expected a list of editions')
    return value.map((one: Edition<Readonly<Record<string, unknown>>>) => ({
      ...one,
      settings: readSettings(fields, one.settings),
    }))
  }
  const description =
    'The agreement with its days, where it has any: manifests fill it from agreements of one connection with `from` and `until`.'
  return { kind: 'list', description, default: [], required: false, secret: false, parse }
}
