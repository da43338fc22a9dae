import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { grammarOf } from '../../connectors/edi-partner/grammar.ts'
import { keptSet, SetReader } from '../../connectors/edi-partner/meaning/set-reader.ts'
import type { Party } from '../../edi/envelope/events.ts'
import { generateInterchange } from '../../edi/map/generate.ts'
import type { EdiDocument, EdiValue } from '../../edi/map/read.ts'
import { findSet } from '../../edi/sets/find.ts'
import { readInterchangeFile } from '../edi/interchange-file.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline edi map` and `generate`: an interchange becomes documents in JSON, and a document an interchange. */
export function ediDocumentCommands(edi: Command, perform: Perform): void {
  edi
    .command('map <file>')
    .description('the documents of a file in JSON, one a line, as their maps read them')
    .option('--overlay <name...>', 'overlays that ship with the hub')
    .action(perform(map))
  edi
    .command('generate <file>')
    .description('write the interchange of a document in JSON, as edi map shows them')
    .requiredOption('--set <set>', 'such as 945 or DESADV')
    .option('--edi-version <version>', 'such as 004010 or D.96A; the first one that the set has without it')
    .option('--sender <qualifier:id>', 'who sends it', 'ZZ:SENDER')
    .option('--receiver <qualifier:id>', 'who gets it', 'ZZ:RECEIVER')
    .option('--overlay <name...>', 'overlays that ship with the hub')
    .option('--control-number <number>', 'of the interchange', '1')
    .option('--test', 'mark it as a test')
    .option('--out <path>', 'where the bytes go instead of the terminal')
    .action(perform(generate))
}

async function map(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const sets = new SetReader(grammarOf(options.texts('overlay')), keptSet)
  await readInterchangeFile(args[0] ?? '-', sets, { openSetCheck: sets.openSetCheck })
  const mapped = sets.accepted.filter(({ document }) => document !== undefined)
  for (const { document } of mapped) output.terminal.out(`${JSON.stringify(document)}\n`)
  if (mapped.length === 0) output.say('No set of this file is accepted and has a map; interline edi validate says why.')
  return mapped.length === 0 ? exitCodes.failed : exitCodes.ok
}

async function generate(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const set = options.text('set') ?? ''
  const now = new Date().toISOString().replaceAll(/\D/g, '')
  const { bytes, alterations } = generateInterchange(
    readDocumentFile(args[0] ?? '-'),
    grammarOf(options.texts('overlay')),
    {
      set,
      version: options.text('ediVersion') ?? versionOf(set),
      sender: readParty('sender', options.text('sender') ?? ''),
      receiver: readParty('receiver', options.text('receiver') ?? ''),
      controlNumber: options.integer('controlNumber', 1) ?? 1,
      date: now.slice(0, 8),
      time: now.slice(8, 12),
      isTest: options.flag('test'),
      lineEnd: '\n',
    },
  )
  const path = options.text('out')
  const text = Buffer.from(bytes).toString('utf8')
  if (path !== undefined) writeFileSync(path, bytes)
  output.record({ set, bytes: bytes.length, alterations, ...(path === undefined ? { text } : { path }) })
  output.say(path === undefined ? text.trimEnd() : `${bytes.length} bytes written to ${path}.`)
  for (const one of alterations) output.terminal.error(`altered: ${one.segmentTag}-${one.element}\n`)
  return exitCodes.ok
}

function versionOf(set: string): string {
  const found = ['004010', 'D.96A', '005010', 'D.01B'].find((version) => findSet(set, version) !== undefined)
  return found ?? '004010'
}

function readParty(name: string, text: string): Party {
  const [, qualifier = '', id = ''] = /^(?:([A-Z0-9]{1,4}):)?(.{1,35})$/.exec(text) ?? []
  if (id === '')
    throw new InterlineError('USAGE_INVALID', { problem: `--${name} must be QUALIFIER:ID, such as ZZ:HARBOR.` })
  return { qualifier: qualifier === '' ? 'ZZ' : qualifier, id, routing: '' }
}

const documentBytesMax = 16 * 1024 * 1024

/** Text, objects and lists of objects; numbers are taken as they are written. Throws USAGE_INVALID. */
function readDocumentFile(path: string): EdiDocument {
  const problem = (detail: string): InterlineError =>
    new InterlineError('USAGE_INVALID', { problem: `${path} ${detail}.` })
  let text: string
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch (error) {
    throw new InterlineError('EDI_FILE_MISSING', { path }, error)
  }
  if (text.length > documentBytesMax) throw problem(`has more than ${documentBytesMax} characters`)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw problem('is not JSON')
  }
  const read = (value: unknown, place: string): EdiValue => {
    if (typeof value === 'string') return value
    if (typeof value === 'number') throw problem(`has a number at ${place}: write it as text, so that no digit is lost`)
    if (Array.isArray(value)) return value.map((one, index) => readObject(one, `${place}[${index}]`))
    return readObject(value, place)
  }
  const readObject = (value: unknown, place: string): EdiDocument => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw problem(`needs an object at ${place}`)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, read(one, `${place}.${name}`)]))
  }
  return readObject(content, 'the document')
}
