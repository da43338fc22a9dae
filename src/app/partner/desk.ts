import type { IntakeCount, IntakeStore } from '../../backbone/stores.ts'
import { isValidOn } from '../../edi/overlay/validity.ts'
import type { Connection } from '../../flow/connection.ts'
import type { Principal } from '../../gateway/access/principal.ts'
import type {
  AppliedBy,
  CertificateTarget,
  ConnectionExamples,
  NetworkDesk,
  NetworkPlan,
  PartnerCheck,
  ReadCertificate,
  SentManifests,
  ShownPartner,
  TrialRule,
  TriedDocument,
} from '../../gateway/desks/network-desk.ts'
import type { NetworkRegistry } from '../../registry/network.ts'
import type { CertificateUse } from '../../registry/partner-certificates.ts'
import type { DialOptions } from '../../transports/dial.ts'
import type { ThreadReader } from '../documents/thread-reader.ts'
import type { Agreement } from '../network/agreement-manifest.ts'
import type { LiveNetwork, Plan, Wish } from '../network/live-network.ts'
import type { Network } from '../network/network.ts'
import type { Partner } from '../network/partner.ts'
import { certificatesOf, checkCertificates } from './certificates.ts'
import { failed, passed } from './check.ts'
import { checkDocuments, checkOverlays } from './documents.ts'
import { examplesOf } from './examples.ts'
import { checkQuiet } from './quiet.ts'
import { shownBy, tryDocument } from './trial.ts'
import { readUploaded } from './uploaded.ts'
import { checkWays, waysOf } from './ways.ts'

/** The network, its store, and what may not be called. */
export interface PartnerDeskOptions {
  readonly live: LiveNetwork
  readonly registry: NetworkRegistry
  readonly intake: Pick<IntakeStore, 'read'>
  readonly isOwn: DialOptions['isOwn']
  readonly now: () => number
  /** Reads documents that are too large to be read between two answers. */
  readonly documents: Pick<ThreadReader, 'bytesMost' | 'try'>
}

/** Partners as they are declared, looked at and changed. */
export class PartnerDesk implements NetworkDesk {
  readonly #options: PartnerDeskOptions

  constructor(options: PartnerDeskOptions) {
    this.#options = options
  }

  async plan(principal: Principal, sent: SentManifests): Promise<NetworkPlan> {
    return shownPlan(await this.#options.live.plan(wishOf(principal, sent)))
  }

  async apply(principal: Principal, sent: SentManifests, about: AppliedBy): Promise<NetworkPlan> {
    return shownPlan(await this.#options.live.apply(wishOf(principal, sent), about))
  }

  partners(tenant: string): readonly ShownPartner[] {
    return this.#of(tenant).map((one) => this.#shown(one))
  }

  async test(tenant: string, partner: string): Promise<readonly PartnerCheck[] | undefined> {
    const found = this.#of(tenant).find(({ id }) => id === partner)
    if (found === undefined) return undefined
    const network = this.#options.live.current
    const now = this.#options.now()
    const declared = { check: 'manifest', about: found.file }
    const connections = found.connections.flatMap((id) => network.connections.get(id) ?? [])
    const agreements = found.connections.flatMap((id) => this.#agreedNow(network, id))
    const as2Partners = network.as2Partners.filter(({ connection }) => found.connections.includes(connection.id))
    const ways = await Promise.all(connections.map((one) => checkWays(network, one, this.#options.isOwn)))
    return [
      connections.length === 0
        ? failed(declared, 'The partner has no connection.', 'Declare one in the same folder, and apply.')
        : passed(declared, `Applied, with the connections ${found.connections.join(', ')}.`),
      ...agreements.flatMap((one) => [...checkOverlays(one, network.overlays), ...checkDocuments(one)]),
      ...checkCertificates(as2Partners, { now, daysWanted: found.sla.certificateDays }),
      ...ways.flat(),
      ...(await checkQuiet(found, this.#options.intake, now)),
    ]
  }

  async tryDocument(connection: Connection, document: TriedDocument): Promise<readonly TrialRule[]> {
    const { documents } = this.#options
    const now = this.#options.now()
    const { bytes, contentType } = document
    if (bytes.length > documents.bytesMost)
      return await documents.try(connection, { body: bytes, contentType, headers: {} }, now)
    const shown = shownBy(() => examplesOf(connection, now).offered, bytes)
    return tryDocument(connection, document, { now, shown })
  }

  examples(connection: Connection): ConnectionExamples {
    return examplesOf(connection, this.#options.now())
  }

  readCertificate(bytes: Buffer, use: CertificateUse): ReadCertificate {
    return readUploaded(bytes, use, this.#options.now())
  }

  certificateTargets(tenant: string, partner: string): readonly CertificateTarget[] {
    const own = this.#of(tenant).find(({ id }) => id === partner)?.connections ?? []
    return this.#options.live.current.as2Partners.flatMap(({ connection, certificateUploads: acceptedBy }) =>
      own.includes(connection.id) ? [{ connection: connection.id, acceptedBy }] : [],
    )
  }

  async arrivals(tenant: string, connections: readonly string[], since: string): Promise<readonly IntakeCount[]> {
    const until = new Date(this.#options.now()).toISOString().slice(0, 10)
    const counts = await Promise.all(
      connections.map((connection) => this.#options.intake.read({ tenant, connection, since, until })),
    )
    return counts.flat()
  }

  /** What is agreed today, with the overlays of today. */
  #agreedNow({ agreements }: Network, connection: string): readonly Agreement[] {
    const day = new Date(this.#options.now()).toISOString().slice(0, 10)
    return (agreements.get(connection) ?? [])
      .filter((one) => isValidOn(one, day))
      .map((one) => ({ ...one, overlays: one.overlays.filter((overlay) => isValidOn(overlay, day)) }))
  }

  #of(tenant: string): readonly Partner[] {
    return this.#options.live.current.partners.filter((one) => one.tenant === tenant)
  }

  #shown({
    id,
    name,
    role,
    contacts,
    notes,
    carriers,
    locations,
    parties,
    sla,
    file,
    connections,
  }: Partner): ShownPartner {
    const network = this.#options.live.current
    return {
      id,
      name,
      role,
      contacts,
      notes,
      ...{ carriers, locations, parties },
      quietDays: sla.quietDays,
      declaredIn: file,
      connections: connections.flatMap((one) => {
        const connection = network.connections.get(one)
        if (connection === undefined) return []
        const overlays = this.#agreedNow(network, one).flatMap(({ overlays: all }) =>
          all.map((overlay) => overlay.name),
        )
        return [{ id: one, connector: connection.connector.id, ways: waysOf(network, connection), overlays }]
      }),
      certificates: certificatesOf(
        network.as2Partners.filter(({ connection }) => connections.includes(connection.id)),
        this.#options.now(),
      ),
    }
  }
}

function wishOf({ tenant, scopes }: Principal, { source, files }: SentManifests): Wish {
  return { tenant, source, files, mayDeclareAny: tenant === 'main' && scopes.includes('*') }
}

function shownPlan({ revision, changes, problems }: Plan): NetworkPlan {
  return {
    revision,
    changes: changes.map(({ change, kind, name, fields }) => ({ change, kind, name, fields })),
    problems,
  }
}
