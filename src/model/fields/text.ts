import { Type } from 'typebox'

/** Text as it was told. `max` is the number of characters that it may have; without one it is passed on whole. */
export function text(meaning: string, max?: number) {
  return Type.String({ description: meaning, ...(max === undefined ? {} : { maxLength: max }) })
}

/** Text in the form that a standard or the hub itself gives it. */
export function shaped(meaning: string, form: { readonly pattern: string; readonly max: number }) {
  return Type.String({ description: meaning, pattern: form.pattern, maxLength: form.max })
}
