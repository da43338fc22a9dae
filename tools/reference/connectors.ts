import type { Connector, Idempotency } from '../../src/connectors/kit/connector.ts'
import { code, page, table } from '../markdown.ts'
import { fieldsTable } from './settings.ts'

/** The reference of every connector, made of its declaration. */
export function connectorsPage(connectors: readonly Connector[]): string {
  const overview = table(
    ['connector', 'kind', 'proof', 'takes in', 'writes'],
    connectors.map((one) => [
      `[${one.label}](#${one.id})`,
      one.kind,
      certification[one.certification],
      one.inbound === undefined ? '' : one.inbound.format,
      writesOf(one)
        .map(([name]) => code(name))
        .join(', '),
    ]),
  )
  return page(
    'Connectors',
    'What each connector takes in, what it can be asked, and how far it has been proved. "Tested with golden files" means recorded shapes only: it has not met the real system.',
    [overview, ...connectors.map(section)],
  )
}

function section(connector: Connector): string {
  const { budget, inbound } = connector
  const lines = [
    `## ${connector.id}`,
    connector.about,
    `${certification[connector.certification]}.${budget === undefined ? '' : ` At most ${budget.requestsPerSecond} requests per second, ${budget.concurrent} at once.`}`,
  ]
  if (inbound !== undefined)
    lines.push(
      `Takes in ${inbound.format}, read by map ${code(inbound.mapping)}${inbound.lane === 'staged' ? ', always staged' : ''}.`,
    )
  if (connector.feed !== undefined) lines.push('Asks for what has changed; each change comes in like a message.')
  if (Object.keys(connector.settings).length > 0) lines.push(fieldsTable(connector.settings))
  const { documents } = connector
  if (documents !== undefined)
    lines.push(`Commands that are sent as documents, with control numbers: ${documents.commands.map(code).join(', ')}.`)
  const operations = [...Object.entries(connector.operations ?? {}), ...Object.entries(connector.procedures ?? {})]
  if (operations.length > 0)
    lines.push(
      table(
        ['operation', 'command', 'after an answer that was lost'],
        operations.map(([name, one]) => [code(name), code(one.command ?? ''), afterLoss(one)]),
      ),
    )
  return lines.join('\n\n')
}

function writesOf({ operations = {}, procedures = {} }: Connector): [string, unknown][] {
  return [...Object.entries(operations).filter(([, operation]) => operation.write), ...Object.entries(procedures)]
}

function afterLoss({ write, idempotency }: { readonly write: boolean; readonly idempotency?: Idempotency }): string {
  if (!write) return 'asked again'
  switch (idempotency?.strategy) {
    case 'native-key':
      return `sent again with the same key for ${idempotency.retentionHours} h`
    case 'upsert-by-external-id':
      return 'sent again: the target finds its own document'
    case 'conditional':
      return 'sent again: the target checks the version'
    case 'state-transition':
      return 'the state is read, then repeated if it is not there'
    case 'read-back':
      return `looked up by ${idempotency.field} after ${idempotency.horizonSeconds + idempotency.lagSeconds} s`
    case 'none':
    case undefined:
      return 'parked for a person'
  }
}

const certification: Readonly<Record<Connector['certification'], string>> = {
  draft: 'Draft',
  golden: 'Tested with golden files',
  sandbox: 'Proven against a simulated peer',
  production: 'In production',
}
