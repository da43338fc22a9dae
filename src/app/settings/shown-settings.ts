import type { Field } from '../../base/fields.ts'
import type { SettingShown } from '../../gateway/desks/system-desk.ts'
import { type SettingName, type Settings, settingFields } from './settings.ts'

/** Every setting as it may be shown: secrets never are. */
export function shownSettings(settings: Settings): readonly (SettingShown & { readonly name: SettingName })[] {
  return (Object.keys(settingFields) as SettingName[]).map((name) => {
    const { description: about, secret: isSecret, default: usual } = settingFields[name] as Field<unknown>
    const value = settings[name] as SettingShown['value'] | readonly string[]
    return {
      name,
      about,
      value: isSecret && value !== '' ? '(secret)' : typeof value === 'object' ? value.join(',') : value,
      isDefault: String(value) === String(usual),
    }
  })
}
