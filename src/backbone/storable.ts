/** Words from outside as a text column takes them: no U+0000, no half surrogates. For what people read, never for keys. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
