import type { ExampleDocument } from '../../connectors/kit/example.ts'

/** What stands at a place of a document that works: `data.lines[0].quantity`; undefined where none has it. */
export function valueAt(place: string, examples: readonly ExampleDocument[]): string | undefined {
  const steps = place.split(/[.[\]]+/).filter((step) => step !== '')
  for (const { bytes, contentType } of examples) {
    if (contentType !== 'application/json') continue
    let at: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    for (const step of steps)
      at =
        typeof at === 'object' && at !== null && Object.hasOwn(at, step)
          ? (at as Record<string, unknown>)[step]
          : undefined
    if (at !== undefined) return JSON.stringify(at).slice(0, charactersMost)
  }
  return undefined
}

const charactersMost = 200

/** A segment of this name in an interchange that works; one of a set that the tried text has too comes first. */
export function segmentOf(tag: string, tried: string, examples: readonly ExampleDocument[]): string | undefined {
  const near = (file: string): number => (tried.includes((file.split('-')[0] ?? '').toUpperCase()) ? 0 : 1)
  for (const { bytes } of examples.toSorted((a, b) => near(a.file) - near(b.file))) {
    const found = Buffer.from(bytes)
      .toString('latin1')
      .split(/[~']\n?/)
      .find((segment) => segment.startsWith(`${tag}*`) || segment.startsWith(`${tag}+`))
    if (found !== undefined) return found.slice(0, charactersMost)
  }
  return undefined
}
