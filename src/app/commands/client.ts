import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Options, Perform } from '../terminal/invocation.ts'

const rowsMax = 1000

/** `interline client create`, `list`, `rotate`, `revoke`. */
export function clientCommand(program: Command, perform: Perform): void {
  const client = program.command('client').description('systems and partners that get tokens by OAuth 2')
  const proofs = (command: Command): Command =>
    command
      .option('--public-key <file>', 'PEM, for private_key_jwt')
      .option('--key-id <kid>', 'what the client writes as kid, where it writes one')
      .option('--certificate <file>', 'PEM, for self_signed_tls_client_auth')
      .option('--subject <kind=value>', 'dn=, dns=, uri=, ip= or email= of its certificate, for tls_client_auth')
      .option('--expires-days <days>', 'days until the proof ends by itself')
  proofs(
    client
      .command('create <name>')
      .description('let a system get tokens; a secret is shown once')
      .requiredOption('--scope <scope...>', 'what it may do, such as inbound:write or shipments:read')
      .option('--partner <partner>', 'it sees only what is of this partner')
      .option('--bound', 'its tokens count only with its certificate'),
  )
    .option('--secret', 'it proves itself by a secret; only where nothing else is possible')
    .action(perform(create))
  client.command('list').alias('ls').description('clients without their secrets').action(perform(list))
  proofs(
    client.command('rotate <id>').description('another key, certificate or secret; the old one counts on for a while'),
  )
    .option('--overlap-hours <hours>', 'how long the old one counts on; 0 ends it, and its tokens, at once')
    .action(perform(rotate))
  client
    .command('revoke <id>')
    .description('end a client and its tokens; says what it would do unless --yes')
    .option('--yes', 'really do it')
    .action(perform(revoke))
}

async function create(invocation: Invocation): Promise<ExitCode> {
  const { args, options } = invocation
  const proof = proofOf(options)
  const method = methodOf(options, proof)
  const partner = options.text('partner')
  const json = {
    name: args[0],
    scopes: options.texts('scope'),
    method,
    ...(partner === undefined ? {} : { partner }),
    ...(options.flag('bound') ? { bound: true } : {}),
    ...proof,
  }
  return sayMade(invocation, await invocation.hub().call('POST', '/v1/clients', { json }))
}

async function list(invocation: Invocation): Promise<ExitCode> {
  const rows = await invocation.hub().list('/v1/clients', {}, rowsMax)
  const columns = ['id', 'name', 'partner', 'method', 'scopes', 'createdAt', 'lastUsedAt', 'revokedAt']
  invocation.output.rows(rows, columns, 'There are no clients.')
  return exitCodes.ok
}

async function rotate(invocation: Invocation): Promise<ExitCode> {
  const { args, options } = invocation
  const overlapHours = options.integer('overlapHours', 0)
  const json = { ...proofOf(options), ...(overlapHours === undefined ? {} : { overlapHours }) }
  const path = `/v1/clients/${encodeURIComponent(args[0] ?? '')}/credentials`
  return sayMade(invocation, await invocation.hub().call('POST', path, { json }))
}

async function revoke(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const id = args[0] ?? ''
  const really = options.flag('yes')
  if (really) await invocation.hub().call('DELETE', `/v1/clients/${encodeURIComponent(id)}`)
  output.record({ id, revoked: really })
  output.say(
    really
      ? `Client ${id} and its tokens are revoked.`
      : `Would revoke client ${id} and its tokens; add --yes to do it.`,
  )
  return exitCodes.ok
}

function sayMade({ output }: Invocation, made: Answer): ExitCode {
  output.record(made)
  if (made['secret'] !== undefined)
    output.say(`${textOf(made, 'secret')}\n\nKeep it: it is not stored and never shown again.`)
  output.say(`Its client_id is ${textOf(made, 'id')}; it gets tokens at ${textOf(made, 'tokenEndpoint')}.`)
  return exitCodes.ok
}

function proofOf(options: Options): Readonly<Record<string, unknown>> {
  const [publicKey, certificate] = ['publicKey', 'certificate'].map((name) => fileOf(options.text(name)))
  const keyId = options.text('keyId')
  const subject = subjectOf(options.text('subject'))
  const expiresInDays = options.integer('expiresDays', 1)
  const said = { publicKey, keyId, certificate, subject, expiresInDays }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/** Throws USAGE_INVALID. */
function methodOf(options: Options, proof: Readonly<Record<string, unknown>>): string {
  if (proof['publicKey'] !== undefined) return 'private_key_jwt'
  if (proof['certificate'] !== undefined) return 'self_signed_tls_client_auth'
  if (proof['subject'] !== undefined) return 'tls_client_auth'
  if (options.flag('secret')) return 'client_secret_basic'
  throw new InterlineError('USAGE_INVALID', {
    problem: 'say how the client proves itself: --public-key, --certificate, --subject, or --secret.',
  })
}

function subjectOf(text: string | undefined): { readonly kind: string; readonly value: string } | undefined {
  if (text === undefined) return undefined
  const at = text.indexOf('=')
  const kind = text.slice(0, at)
  if (!['dn', 'dns', 'uri', 'ip', 'email'].includes(kind))
    throw new InterlineError('USAGE_INVALID', { problem: '--subject must be dn=…, dns=…, uri=…, ip=… or email=….' })
  return { kind, value: text.slice(at + 1) }
}

/** Throws FILE_MISSING. */
function fileOf(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InterlineError('FILE_MISSING', { path }, error)
  }
}
