import { language, say } from '../words/words.ts'

/** A figure in its unit; what nobody knows is said, never shown as zero. */
export function figureOf(value: number | null, unit: string): string {
  if (value === null) return say('common.unknown')
  if (unit !== 'seconds') return value.toLocaleString(language())
  const [size, name] = value >= 86_400 ? [86_400, 'day'] : value >= 3600 ? [3600, 'hour'] : [60, 'minute']
  const shown = new Intl.NumberFormat(language(), { style: 'unit', unit: String(name), maximumFractionDigits: 1 })
  return shown.format(value / Number(size))
}
