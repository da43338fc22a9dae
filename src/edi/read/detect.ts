import { edifactCharsets } from '../bytes/charset.ts'
import { isBlank } from '../bytes/delimiters.ts'
import { latin1Text } from '../bytes/text.ts'
import { detectEdifact } from '../edifact/detect.ts'
import { detectX12 } from '../x12/detect.ts'
import type { Detected } from './detected.ts'

/** Looks for the start of an interchange at the first of these bytes. In the middle of text only one that can be read counts. */
export function detect(bytes: Uint8Array, isAtStart: boolean): Detected | undefined {
  const found = detectX12(bytes) ?? detectEdifact(bytes)
  if (found === undefined || isAtStart) return found
  return found.delimiters.segment >= 0 && !found.isBare ? found : undefined
}

/** The character set that UNB names; `undefined` where nothing is declared. */
export function declaredCharset(detected: Detected, bytes: Uint8Array): (typeof edifactCharsets)[string] | undefined {
  if (detected.syntax === 'x12' || detected.isBare) return undefined
  let at = detected.skip
  while (isBlank(bytes[at])) at++
  return edifactCharsets[latin1Text(bytes, at + 4, at + 8)]
}
