import type { Connection } from '../../flow/connection.ts'
import type { PartnerCheck } from '../../gateway/desks/network-desk.ts'
import { type DialOptions, systemResolver } from '../../transports/dial.ts'
import { FolderFailure, folderFailures } from '../../transports/files/folder.ts'
import type { LineOptions } from '../../transports/http/line.ts'
import { probe } from '../../transports/http/probe.ts'
import type { Place } from '../files/place.ts'
import type { Network } from '../network/network.ts'
import { failed, passed, skipped } from './check.ts'

/** How the documents of a connection travel, in words. */
export function waysOf(network: Network, connection: Connection): readonly string[] {
  const of = <T extends { readonly connection: Connection }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.connection.id === connection.id)
  return [
    ...of(network.as2Partners).map(({ url }) => (url === '' ? 'AS2 in' : 'AS2')),
    ...of(network.pickUps).map(({ protocol }) => `${protocol} pick-up`),
    ...of(network.mailboxes).map(({ user }) => `mailbox ${user}`),
    ...of(network.drops).map(({ place }) => ('mailbox' in place ? 'drop into mailbox' : 'drop')),
    ...(addressOf(connection) === undefined ? [] : ['HTTP out']),
    ...(connection.connector.inbound === undefined ? [] : ['HTTP in']),
  ]
}

/** Tries every way as far as one gets without sending or changing anything. */
export async function checkWays(
  network: Network,
  connection: Connection,
  isOwn: DialOptions['isOwn'],
): Promise<readonly PartnerCheck[]> {
  const { id, outbound } = connection
  const line = (port?: number): Omit<LineOptions, 'origin'> => ({
    allowHttp: outbound.allowHttp,
    allowedCidrs: outbound.allowedCidrs,
    ...(port === undefined ? {} : { allowedPorts: [port] }),
    ...(port === undefined && outbound.allowedPorts !== undefined ? { allowedPorts: outbound.allowedPorts } : {}),
    ...(outbound.authorities === undefined ? {} : { authorities: outbound.authorities }),
    ...(outbound.certificate === undefined ? {} : { certificate: outbound.certificate }),
    resolver: systemResolver,
    connectMs: 5000,
    isOwn,
  })
  const checks: Promise<PartnerCheck>[] = []
  for (const partner of network.as2Partners) {
    if (partner.connection.id !== id) continue
    const about = { check: 'AS2 address', about: `${id} ${partner.url}`.trim() }
    const action = 'Add url to the AS2 partner when you want to send.'
    checks.push(
      partner.url === ''
        ? Promise.resolve(skipped(about, 'Nothing is sent to this partner: no url is declared.', action))
        : reach(about, partner.url, line()),
    )
  }
  for (const one of network.pickUps)
    if (one.connection.id === id)
      checks.push(look({ check: 'pick-up', about: `${id} ${one.protocol}` }, one.place, line(one.place.port)))
  for (const {
    connection: { id: dropped },
    place,
  } of network.drops)
    if (dropped === id)
      checks.push(
        'mailbox' in place
          ? Promise.resolve(passed({ check: 'drop', about: id }, `Documents lie in the mailbox of ${place.mailbox}.`))
          : look({ check: 'drop', about: id }, place, line(place.port)),
      )
  for (const {
    connection: { id: boxed },
    user,
  } of network.mailboxes)
    if (boxed === id)
      checks.push(
        Promise.resolve(
          passed({ check: 'mailbox', about: `${id} ${user}` }, `The partner logs in as ${user} by SFTP.`),
        ),
      )
  const address = addressOf(connection)
  if (address !== undefined) checks.push(reach({ check: 'HTTP address', about: `${id} ${address}` }, address, line()))
  if (checks.length === 0) {
    const detail = `The partner calls /v1/inbound/${id}; nothing is called from here.`
    checks.push(Promise.resolve(passed({ check: 'door', about: id }, detail)))
  }
  return Promise.all(checks)
}

/** Where a connection calls by HTTP; undefined when it does not. */
function addressOf({ connector, settings }: Connection): string | undefined {
  const url = connector.baseUrl?.(settings)
  return url === undefined || url === '' || new URL(url).hostname.endsWith('.invalid') ? undefined : url
}

const steps: Readonly<Record<'address' | 'name' | 'connection' | 'tls', string>> = {
  address: 'Correct the address; plain HTTP needs allowHttp, and private networks allowedCidrs.',
  name: 'Ask the partner for the right name, or look at your name server.',
  connection: 'Ask whether the partner has opened its firewall for your address, and whether the port is right.',
  tls: 'Ask the partner for a valid certificate of its server.',
}

async function reach(
  about: Pick<PartnerCheck, 'check' | 'about'>,
  url: string,
  line: Omit<LineOptions, 'origin'>,
): Promise<PartnerCheck> {
  const found = await probe(url, line)
  if (found.outcome === 'failed') return failed(about, `The ${found.step} fails: ${found.code}.`, steps[found.step])
  const { addresses, certificateUntil: until } = found
  const certificate =
    until === undefined ? '' : `; its certificate ends on ${new Date(until).toISOString().slice(0, 10)}`
  return passed(about, `Reached at ${addresses[0]}${certificate}.`)
}

async function look(
  about: Pick<PartnerCheck, 'check' | 'about'>,
  place: Place,
  line: DialOptions,
): Promise<PartnerCheck> {
  const folder = place.open(line)
  try {
    const files = await folder.list('')
    return passed(about, `Logged in; ${files.length} files lie there.`)
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: string }
    const known = error instanceof FolderFailure ? folderFailures[error.code] : steps.connection
    return failed(about, `The folder cannot be listed: ${message ?? String(code)}.`, known)
  } finally {
    await folder.close()
  }
}
