/** Topics of which the live stream tells. */
const told: ReadonlySet<string> = new Set([
  ...['jobs', 'appointments', 'availability', 'deliveries', 'effects', 'freight-invoices', 'invoices', 'notifications'],
  ...['orders', 'parked', 'processes', 'receipts', 'returns', 'shipments', 'tasks', 'transmissions', 'inventory'],
])

/** The topic under which changes of a list are told, by the address of the list. */
export function topicOf(path: string): string {
  return path.split('/')[2] ?? ''
}

/** Whether the live stream tells of it; of others one has to look. */
export function isTold(topic: string): boolean {
  return told.has(topic)
}
