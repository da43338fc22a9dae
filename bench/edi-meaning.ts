import { grammarOf } from '../src/connectors/edi-partner/grammar.ts'
import { understood } from '../src/connectors/edi-partner/meaning/meaning.ts'
import { SetReader } from '../src/connectors/edi-partner/meaning/set-reader.ts'
import type { Agreement } from '../src/connectors/edi-partner/policy.ts'
import { agreement } from '../src/connectors/edi-partner/settings.ts'
import { translate } from '../src/connectors/edi-partner/translate.ts'
import { exampleSettings } from '../src/connectors/kit/golden.ts'
import { EnvelopeReader } from '../src/edi/envelope/envelope-reader.ts'
import { ediFiles } from './edi.ts'
import { rate } from './rate.ts'

/** As many as one message to the hub may have. */
const setsOfOneMessage = 10_000
/** They are a quarter as large as the files: in four times as many turns as many bytes are read, and the engine is as warm. */
const turnsOfMessages = 20
/** Turns of both syntaxes, and both ways, before anything is measured: a hub has partners of every kind. */
const turnsOfWarmingUp = 5

/** What the sets of a file mean, MB/s: all of them as one message, and one by one as a file of any size is read. */
async function meaning(): Promise<Record<string, number>> {
  const { x12, edifact } = ediFiles(setsOfOneMessage)
  const files = { X12: x12, EDIFACT: edifact }
  for (let turn = 0; turn < turnsOfWarmingUp; turn++)
    for (const bytes of Object.values(files)) {
      understandOneByOne(bytes)
      readMeaning(bytes)
    }
  const figures: Record<string, number> = {}
  for (const [name, bytes] of Object.entries(files)) {
    figures[`${name}, canonical reports one by one, MB/s`] = await rate(
      bytes.length,
      () => understandOneByOne(bytes),
      turnsOfMessages,
    )
    figures[`${name}, canonical reports, MB/s`] = await rate(bytes.length, () => readMeaning(bytes), turnsOfMessages)
  }
  return figures
}

/** To what the hub writes into its log: every set of the file as the report of a shipment, all of them in memory at once. */
function readMeaning(bytes: Uint8Array): void {
  const document = { bytes, contentType: 'application/edi-x12', headers: {}, content: undefined }
  const settings = exampleSettings(agreement) as Agreement
  const context = { settings, connection: 'bench', receivedAt: 0, messageId: 'bench' }
  const translation = translate(document, context)
  const found = 'assertions' in translation ? translation.assertions.length : 0
  if (found !== setsOfOneMessage) throw new Error(`${found} sets said something, not ${setsOfOneMessage}`)
}

/** The same, set by set as the bytes pass in pieces of 64 KiB: what was understood is handed on and forgotten. */
function understandOneByOne(bytes: Uint8Array): void {
  const settings = exampleSettings(agreement) as Agreement
  let found = 0
  const sets = new SetReader(grammarOf(settings.overlays), (set) => {
    const meaning = understood(set, settings)
    if ('assertions' in meaning) found += meaning.assertions.length
  })
  const reader = new EnvelopeReader(sets, { openSetCheck: sets.openSetCheck })
  for (let at = 0; at < bytes.length; at += 65_536) reader.feed(bytes.subarray(at, at + 65_536))
  reader.end()
  if (found !== setsOfOneMessage) throw new Error(`${found} sets said something, not ${setsOfOneMessage}`)
}

process.stdout.write(JSON.stringify(await meaning()))
