import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { ChainCheck, type ChainedRow, type ChainFault, type ChainHead } from '../../backbone/audit-chain.ts'
import { InterlineError } from '../../base/errors.ts'
import { newSigningKey, readCheckpoint } from '../audit/checkpoint.ts'
import { numberOf, recordOf, textOf } from '../terminal/answer.ts'
import type { HubClient } from '../terminal/client.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline audit`, `audit verify`, `audit export`, `audit key`. */
export function auditCommand(program: Command, perform: Perform): void {
  const audit = program
    .command('audit')
    .description('who did what, why, when; the newest first')
    .option('--name <name>', 'only what has this name')
    .option('--kind <kind>', 'only this kind: key, posting, task, connection …')
    .option('--actor <part>', 'only who is called so')
    .option('--limit <rows>', 'how many', '50')
    .action(perform(list))
  audit
    .command('verify')
    .description('follow the chain row by row, here, and say where it was tampered with')
    .option('--checkpoint <file>', 'signed heads that left the hub: finds also what was cut off or written anew')
    .option('--public-key <file>', 'the public half of the key that signed them')
    .option('--file <file>', 'an export instead of the hub')
    .addHelpText(
      'after',
      '\nExit codes: 0 the chain is whole; 1 it is not, or a checkpoint was not signed with that key.',
    )
    .action(perform(verify))
  audit.command('export <file>').description('write the whole chain as lines of JSON').action(perform(write))
  audit
    .command('key <file>')
    .description(
      'make a key that signs checkpoints: <file> for INTERLINE_AUDIT_KEY_FILE, <file>.pub for whoever verifies',
    )
    .action(perform(key))
}

const signs: Readonly<Record<string, string>> = { create: '+', change: '~', remove: '-' }

async function list(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const limit = options.integer('limit', 1) ?? 50
  const filter = { name: options.text('name'), kind: options.text('kind'), actor: options.text('actor') }
  const rows = await invocation.hub().list('/v1/audit', filter, limit)
  if (output.json) {
    for (const row of rows) output.record(row)
    return exitCodes.ok
  }
  const shown = rows.map((row) => ({
    no: textOf(row, 'id'),
    at: textOf(row, 'at').slice(0, 19).replace('T', ' '),
    actor: textOf(row, 'actor'),
    '': signs[textOf(row, 'change')] ?? textOf(row, 'change'),
    kind: textOf(row, 'kind'),
    name: textOf(row, 'name'),
    source: textOf(row, 'source'),
    reason: textOf(row, 'reason'),
  }))
  const columns = ['no', 'at', 'actor', '', 'kind', 'name', 'source', 'reason']
  output.rows(shown, columns, 'Nothing was changed so far.')
  return exitCodes.ok
}

async function verify(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const file = options.text('file')
  const hub = file === undefined ? invocation.hub() : undefined
  const head = hub === undefined ? undefined : headOf(await hub.call('GET', '/v1/audit/chain'))
  const seenBy = checkpointsOf(invocation)
  let check: ChainCheck | undefined
  let start: Start | undefined
  for await (const line of hub === undefined ? linesOf(readText(file ?? '')) : chainOf(hub)) {
    start ??= startOf(line)
    if (startOf(line) !== undefined) continue
    const row = rowOf(line)
    check ??= new ChainCheck(seenBy.headsOf(row.tenant), start)
    // What was added while this is read belongs to the next time.
    if (head === undefined || row.no <= head.no) check.add(row)
  }
  check ??= new ChainCheck(seenBy.headsOf(undefined), start)
  const faults = check.end(head)
  const { rows: count } = check
  const isForged = start !== undefined && seenBy.publicKey !== undefined && !isSigned(start, seenBy.publicKey)
  for (const { fault, no, count: many } of faults) output.record({ fault, no, count: many })
  output.record({
    rows: count,
    head: check.head,
    ...(start === undefined
      ? {}
      : { start: start.no, startIsSigned: seenBy.publicKey === undefined ? null : !isForged }),
    checkpoints: seenBy.count,
    unsigned: seenBy.unsigned,
    faults: faults.length,
  })
  for (const fault of faults) output.say(sentence(fault))
  if (start !== undefined) output.say(startSentence(start, seenBy.publicKey, isForged))
  if (seenBy.unsigned > 0) output.say(`${seenBy.unsigned} lines of the checkpoint file are not signed with this key.`)
  if (faults.length === 0 && !isForged) output.say(`The chain is whole: ${count} rows${against(seenBy.count)}.`)
  return faults.length === 0 && seenBy.unsigned === 0 && !isForged ? exitCodes.ok : exitCodes.failed
}

/** Where a chain begins that was trimmed, with the line that says so. */
interface Start extends ChainHead {
  readonly checkpoint: string
}

/** Undefined for a row. */
function startOf(line: string): Start | undefined {
  if (!line.startsWith('{"start":')) return undefined
  const start = recordOf(recordOf(JSON.parse(line))['start'])
  return { ...headOf(start), checkpoint: textOf(start, 'checkpoint') }
}

function isSigned({ no, hash, checkpoint }: Start, publicKey: KeyObject): boolean {
  return readCheckpoint(checkpoint, publicKey)?.heads.some((one) => one.no === no && one.hash === hash) ?? false
}

function startSentence({ no }: Start, publicKey: KeyObject | undefined, isForged: boolean): string {
  const trimmed = `Rows up to ${no} were trimmed`
  if (publicKey === undefined) return `${trimmed}; --public-key says whether the hub signed that.`
  return isForged
    ? `${trimmed}, and no head that was signed with this key says so.`
    : `${trimmed}, as a signed head says.`
}

function against(count: number): string {
  return count === 0 ? '' : `, and agrees with ${count} checkpoints`
}

function sentence({ fault, no, count }: ChainFault): string {
  const rows = count === 1 ? `Row ${no}` : `Rows ${no} to ${no + count - 1}`
  const said: Readonly<Record<ChainFault['fault'], string>> = {
    changed: `${rows}: not what was written; the row or its hash was changed.`,
    removed: `${rows}: missing.`,
    inserted: `${rows}: there is a second one that does not belong.`,
    reordered: `${rows}: rows stand in each other's place.`,
    rewritten: `${rows}: the chain fits, but it is not the one that left the hub in a checkpoint.`,
    truncated: `${rows}: cut off at the end.`,
  }
  return said[fault]
}

async function write(invocation: Invocation): Promise<ExitCode> {
  const [path = ''] = invocation.args
  let rows = 0
  // Nothing is written before the hub has answered.
  for await (const line of chainOf(invocation.hub())) {
    writeFileSync(path, `${line}\n`, { flag: rows === 0 ? 'w' : 'a', mode: 0o600 })
    rows++
  }
  invocation.output.record({ file: path, rows })
  invocation.output.say(
    `${rows} rows are in ${path}. interline audit verify --file ${path} follows them without the hub.`,
  )
  return exitCodes.ok
}

function key({ args, output }: Invocation): Promise<ExitCode> {
  const [path = ''] = args
  if (existsSync(path))
    throw new InterlineError('USAGE_INVALID', { problem: `${path} exists; keys are never overwritten.` })
  const made = newSigningKey()
  writeFileSync(path, made.secret, { mode: 0o600 })
  writeFileSync(`${path}.pub`, made.public)
  output.record({ key: path, publicKey: `${path}.pub` })
  output.say(`Set INTERLINE_AUDIT_KEY_FILE=${path}. Keep ${path}.pub where the checkpoints are verified.`)
  return Promise.resolve(exitCodes.ok)
}

async function* chainOf(hub: HubClient): AsyncGenerator<string> {
  for (let after: string | undefined = '0'; after !== undefined; ) {
    const lines: string[] = (await hub.text('/v1/audit/export', { after })).split('\n').filter((line) => line !== '')
    yield* lines
    const last: string | undefined = lines.at(-1)
    after = last === undefined || startOf(last) !== undefined ? undefined : String(rowOf(last).no)
  }
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}

function readText(path: string): string {
  if (!existsSync(path)) throw new InterlineError('FILE_MISSING', { path })
  return readFileSync(path, 'utf8')
}

/** What the hub or a file says; anything else fails the hash. */
function rowOf(line: string): ChainedRow {
  try {
    const row = recordOf(JSON.parse(line))
    if (Number.isSafeInteger(row['no'])) return row as unknown as ChainedRow
  } catch {
    // Said below.
  }
  throw new InterlineError('USAGE_INVALID', { problem: 'A line is no row of the audit log.' })
}

function headOf(answer: Readonly<Record<string, unknown>>): ChainHead {
  return { no: numberOf(answer, 'no'), hash: textOf(answer, 'hash') }
}

function checkpointsOf({ options }: Invocation): {
  readonly count: number
  readonly unsigned: number
  readonly publicKey: KeyObject | undefined
  headsOf(tenant: string | undefined): readonly ChainHead[]
} {
  const path = options.text('checkpoint')
  const keyPath = options.text('publicKey')
  if (path === undefined) {
    const known = keyPath === undefined ? undefined : publicKeyOf(keyPath)
    return { count: 0, unsigned: 0, publicKey: known, headsOf: () => [] }
  }
  const publicKey = publicKeyOf(keyPath)
  const lines = linesOf(readText(path))
  const good = lines.flatMap((line) => readCheckpoint(line, publicKey) ?? [])
  const heads = good.flatMap((one) => one.heads)
  return {
    count: good.length,
    unsigned: lines.length - good.length,
    publicKey,
    // A chain without any row does not say whose it is: then every head that was seen is missing.
    headsOf: (tenant) => heads.filter((one) => tenant === undefined || one.tenant === tenant),
  }
}

function publicKeyOf(path: string | undefined): KeyObject {
  if (path === undefined)
    throw new InterlineError('USAGE_INVALID', {
      problem: '--checkpoint needs --public-key, or anybody could have signed.',
    })
  try {
    return createPublicKey(readText(path))
  } catch (error) {
    if (error instanceof InterlineError) throw error
    throw new InterlineError('USAGE_INVALID', { problem: `${path} holds no public key in PEM.` })
  }
}
