/** How fast an answer is owed: to somebody who waits, as soon as it is known, or whenever all of it is done. */
export type LatencyClass = 'interactive' | 'realtime' | 'bulk'

/** A part of the hub that one team answers for: what it promises, and who is called when it does not keep it. */
export interface Service {
  /** kebab-case. Never changes. */
  readonly id: string
  readonly title: string
  readonly about: string
  /** The team that answers for it. */
  readonly owner: string
  /** How much it may be away in a month: gold 22 minutes, silver 3.6 hours, bronze 1.5 days. */
  readonly tier: 'gold' | 'silver' | 'bronze'
  /** What stands still without it. */
  readonly criticality: 'critical' | 'high' | 'normal'
  /** Guide for who uses it, and for who is called at night: pages of the documentation. */
  readonly guide: string
  readonly runbook: string
  /** Tags of operations. */
  readonly tags: readonly string[]
  /** Entities of facts and objects, as their names begin. */
  readonly entities: readonly string[]
  readonly processes: readonly string[]
  /** Kinds of connectors. */
  readonly connectors: readonly string[]
  /** Nobody may switch these operations off: without them it could not be taken back. */
  readonly isKept?: true
}

/** Operations that do work in the background or move very many rows; everything else answers somebody who waits. */
export const bulkOperations: readonly string[] = [
  'applyNetwork',
  'createReplay',
  'exportAudit',
  'importMasterData',
  'readJobFailures',
  'recoverSubscription',
  'verifyAudit',
]

/** Every service. A tag, entity, process or kind of connector that belongs to none, or to two, fails a test. */
export const services: readonly Service[] = [
  {
    id: 'intake',
    title: 'Intake',
    about: 'Takes what systems and partners send, keeps it, and shows what could not be read.',
    owner: 'integration',
    tier: 'gold',
    criticality: 'critical',
    guide: 'docs/guides/http.md',
    runbook: 'docs/explanation/parking.md',
    tags: ['inbound', 'messages', 'parked'],
    entities: ['hub'],
    processes: [],
    connectors: ['messaging'],
  },
  {
    id: 'shipments',
    title: 'Shipments and tracking',
    about: 'Where parcels and loads are, what carriers said, and what recipients see.',
    owner: 'transport',
    tier: 'gold',
    criticality: 'critical',
    guide: 'docs/guides/tracking-page.md',
    runbook: 'docs/guides/checks.md',
    tags: ['shipments'],
    entities: ['shipment', 'package', 'tracking', 'tracking_event', 'proof_of_delivery', 'carrier', 'claim'],
    processes: ['carrier-reassignment', 'claim'],
    connectors: ['carrier', 'aggregator'],
  },
  {
    id: 'orders',
    title: 'Orders and fulfilment',
    about: 'From the order to the goods that left: orders, deliveries, returns and the processes that carry them.',
    owner: 'fulfilment',
    tier: 'gold',
    criticality: 'critical',
    guide: 'docs/guides/business-documents.md',
    runbook: 'docs/guides/processes.md',
    tags: ['documents of the business', 'processes'],
    entities: [
      'order',
      'delivery',
      'return',
      'asn',
      'purchase_order',
      'goods_receipt',
      'appointment',
      'document',
      'process',
    ],
    processes: ['order-to-ship', 'procure-to-receive', 'return-to-restock'],
    connectors: ['shop', 'wms'],
  },
  {
    id: 'inventory',
    title: 'Inventory',
    about: 'What is where, what is promised, and where two systems say otherwise.',
    owner: 'warehouse',
    tier: 'gold',
    criticality: 'high',
    guide: 'docs/guides/inventory.md',
    runbook: 'docs/guides/stock-comparison.md',
    tags: ['inventory'],
    entities: [
      ...['inventory', 'inventory_balance', 'inventory_movement', 'reservation', 'listing', 'quality_hold'],
      'stock_assertion',
    ],
    processes: [],
    connectors: [],
  },
  {
    id: 'money',
    title: 'Postings and freight settlement',
    about: 'What was booked where, invoices and what they wait for, freight invoices and their differences.',
    owner: 'finance',
    tier: 'gold',
    criticality: 'critical',
    guide: 'docs/guides/invoices.md',
    runbook: 'docs/explanation/posting.md',
    tags: ['effects', 'accounting'],
    entities: ['invoice', 'freight_invoice', 'freight_accrual', 'payment', 'effect', 'match_result'],
    processes: ['ship-to-invoice', 'freight-settlement', 'freight-dispute'],
    connectors: ['erp'],
  },
  {
    id: 'partners',
    title: 'Partners and documents',
    about: 'With whom documents are exchanged, in which form, and what was answered.',
    owner: 'partner integration',
    tier: 'gold',
    criticality: 'high',
    guide: 'docs/guides/partners.md',
    runbook: 'docs/guides/edi.md',
    tags: ['network'],
    entities: ['interchange', 'transmission', 'correspondence', 'party'],
    processes: [],
    connectors: [],
  },
  {
    id: 'events',
    title: 'Events',
    about: 'Tells subscribers what happened: webhooks and the live stream.',
    owner: 'integration',
    tier: 'gold',
    criticality: 'high',
    guide: 'docs/guides/http.md',
    runbook: 'docs/guides/operate.md',
    tags: ['subscriptions', 'stream'],
    entities: [],
    processes: [],
    connectors: ['subscriber'],
  },
  {
    id: 'exceptions',
    title: 'Exceptions and work of people',
    about: 'What is late or wrong, who decides it, and who is told.',
    owner: 'control tower',
    tier: 'silver',
    criticality: 'high',
    guide: 'docs/guides/tasks.md',
    runbook: 'docs/guides/checks.md',
    tags: ['alerts', 'checks', 'exceptions', 'slas', 'tasks', 'notifications', 'views'],
    entities: ['task', 'expectation', 'exception', 'notification', 'recipient'],
    processes: [],
    connectors: [],
  },
  {
    id: 'master-data',
    title: 'Master data',
    about: 'Items, locations and codes, and what each system calls them.',
    owner: 'data stewardship',
    tier: 'silver',
    criticality: 'normal',
    guide: 'docs/guides/master-data.md',
    runbook: 'docs/guides/master-data.md',
    tags: ['master data'],
    entities: ['item', 'location', 'cross_reference'],
    processes: [],
    connectors: [],
  },
  {
    id: 'replays',
    title: 'Replays and jobs',
    about: 'Does again what went wrong, in bulk, watched.',
    owner: 'integration',
    tier: 'bronze',
    criticality: 'normal',
    guide: 'docs/explanation/replay.md',
    runbook: 'docs/explanation/replay.md',
    tags: ['replays', 'jobs'],
    entities: [],
    processes: [],
    connectors: [],
  },
  {
    id: 'operation',
    title: 'Operation of the hub',
    about: 'How everything flows, what is stopped, and how instances and database are.',
    owner: 'platform',
    tier: 'gold',
    criticality: 'high',
    guide: 'docs/guides/operate.md',
    runbook: 'docs/guides/operate.md',
    tags: ['flow', 'system', 'health'],
    entities: [],
    processes: [],
    connectors: [],
  },
  {
    id: 'governance',
    title: 'Access, audit and contracts',
    about: 'Who may do what, what was done, and what has been agreed.',
    owner: 'platform',
    tier: 'gold',
    criticality: 'high',
    guide: 'docs/guides/access.md',
    runbook: 'docs/guides/operate.md',
    tags: ['keys', 'people', 'secrets', 'audit', 'privacy', 'contracts', 'documents'],
    entities: [],
    processes: [],
    connectors: [],
    isKept: true,
  },
]

/** What nobody has put into a service yet; a test keeps it empty. */
const unnamed = services.at(-1) as Service

/** The service that an operation with this tag belongs to. */
export function serviceOfTag(tag: string): Service {
  return services.find(({ tags }) => tags.includes(tag)) ?? unnamed
}

/** The service that facts and objects of this entity belong to. */
export function serviceOfEntity(entity: string): Service {
  return services.find(({ entities }) => entities.includes(entity)) ?? unnamed
}

/** The service that a process belongs to. */
export function serviceOfProcess(process: string): Service {
  return services.find(({ processes }) => processes.includes(process)) ?? unnamed
}

/** The service that connectors of this kind belong to. */
export function serviceOfConnector(kind: string): Service {
  return services.find(({ connectors }) => connectors.includes(kind)) ?? unnamed
}
