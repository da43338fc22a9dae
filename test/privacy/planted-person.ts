import { TwoCompanies } from '../gateway/matrix/two-companies.ts'
import { eventually } from '../hub-process.ts'

/** Somebody who orders, is told, follows, signs, and is written about. */
export const person = {
  name: 'Ottilie Quillfeather',
  street: 'Marmalade Lane 7',
  email: 'ottilie@quillfeather.example',
  phone: '+49 555 0178',
} as const
/** Somebody else of the same name, in another town. */
export const namesake = { name: person.name, street: 'Hill Road 3', email: 'other@quill.example', postalCode: '10115' }

/** A hub with two companies that hold this person in every kind of place. */
export async function plantedHub(): Promise<{ readonly hub: TwoCompanies; readonly messages: readonly string[] }> {
  const hub = await TwoCompanies.start([
    { id: 'main-carrier', tenant: 'main', connector: 'generic-carrier', settings: { carrier: 'ups' } },
  ])
  // Nobody answers there: what it should be told waits.
  await hub.ask('theirs', 'POST', '/v1/subscriptions', { url: 'https://quill.example/hook' })
  const messages: string[] = []
  const tell = async (connection: string, type: string, data: object): Promise<void> => {
    const event = { eventId: `${type}-planted-${messages.length}`, type, occurredAt: '2026-04-02T11:00:00Z', data }
    const { status, text } = await hub.ask('theirs', 'POST', `/v1/inbound/main-${connection}`, event)
    if (status !== 202) throw new Error(text)
    messages.push((JSON.parse(text) as { id: string }).id)
  }
  const { name, street, phone, email } = person
  const address = { name, lines: [street], city: 'Ulm', postalCode: '89073', country: 'DE' }
  const contact = { name, phone, email, language: 'de' }
  const shipTo = { name, street, phone, email, city: 'Ulm', postalCode: '89073', country: 'DE' }
  const lines = [{ lineNo: '1', line: '1', sku: 'SKU-P', quantity: '2', uom: 'EA' }]
  const parties = [{ role: 'sold_to', address, contact }]
  await tell('erp', 'order.created', { orderNumber: 'SO-P', customer: 'C-P', lines, parties, shipTo, billTo: shipTo })
  await tell('erp', 'delivery.created', { deliveryNumber: 'DN-P', orderNumber: 'SO-P', lines, parties, shipTo })
  await tell('erp', 'delivery.released', { deliveryNumber: 'RD-P', location: 'DC1', lines, parties, shipTo })
  await tell('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: 'DN-P', orderNumber: 'SO-P', location: 'DC-P', carrier: 'ups', lines, parties, shipTo },
    packages: [{ trackingNumber: '1ZPLANTED' }],
  })
  await tell('carrier', 'scan', { trackingNumber: '1ZPLANTED', code: 'delivered', signedBy: name })
  await tell('carrier', 'proof_of_delivery', { trackingNumber: '1ZPLANTED', signedBy: name })
  await tell('erp', 'order.changed', { orderNumber: ['SO-P'], customer: 7, lines: 'none', parties, shipTo })
  const other = { name: namesake.name, street: namesake.street, email: namesake.email, postalCode: namesake.postalCode }
  await tell('erp', 'order.created', {
    orderNumber: 'SO-N',
    customer: 'C-N',
    lines,
    shipTo: { ...other, city: 'Berlin', country: 'DE' },
  })
  await delivered(hub)
  await eventually(
    () => behind(hub),
    (count) => count === 0,
    20_000,
  )
  return { hub, messages }
}

/** Facts that no list has taken in, over all partitions. */
async function behind(hub: TwoCompanies): Promise<number> {
  const [row] = await hub.rows(
    `SELECT count(*)::int AS count FROM fact_head h WHERE h.next_off > 1 + coalesce((SELECT c.off FROM cursor c WHERE c.subscriber = 'views' AND c.part = h.part), -1)`,
  )
  return Number(row?.['count'])
}

/** What people write about them, and they themselves. */
async function delivered(hub: TwoCompanies): Promise<void> {
  const { name, phone, email } = person
  const shipment = await eventually(
    async () => (await hub.ask('theirs', 'GET', '/v1/shipments?reference=1ZPLANTED')).text,
    (text) => text.includes('"delivered"'),
    20_000,
  )
  const [{ id } = { id: '' }] = (JSON.parse(shipment) as { data: { id: string }[] }).data
  await hub.rows(
    `INSERT INTO tracking_follower (id, token, tenant, shipment, email, language, created_at, expires_at) VALUES ('fol_1', 'tok', 'main', '${id}', '${email}', 'de', 0, 99999999999999)`,
  )
  const post = async (path: string, json: object): Promise<string> => {
    const { status, text } = await hub.ask('theirs', 'POST', path, json)
    if (status >= 300) throw new Error(`${path}: ${text}`)
    return text === '' ? '' : ((JSON.parse(text) as { id?: string }).id ?? '')
  }
  const release = { name: 'release', label: 'Release', consequence: 'It can be sold.' }
  const question = `Does ${name} (${email}) want it?`
  const task = await post('/v1/tasks', { name: 'inspect-lot', role: 'quality', question, decisions: [release] })
  await post(`/v1/tasks/${task}/note`, { text: `${name} called from ${phone}.` })
  await post('/v1/people', { email, name, roles: ['viewer'] })
  const payload = { recipient: 'rcp_1', address: email, name, html: `<p>${name}`, text: 'Hello', subject: 'Hello' }
  const effect = {
    effect_id: 'eff_planted',
    lane_id: 'planted',
    natural_key: 'notify_party:planted',
    command: 'notify_party',
    external_reference: 'ILPLANTED',
  }
  const planted = JSON.stringify({ ...effect, state: 'queued', payload: JSON.stringify(payload) })
  await hub.rows(
    `INSERT INTO effect SELECT (jsonb_populate_record(e, '${planted}')).* FROM effect e WHERE tenant = 'main' LIMIT 1`,
  )
  await hub.rows(
    `INSERT INTO effect_evidence (effect_id, attempt, seen_at, kind, detail) VALUES ('eff_planted', 1, 0, 'answer', 'Sent to ${email}')`,
  )
  await hub.rows(
    `INSERT INTO exception_claim (tenant, id, note, updated_at) VALUES ('main', 'shipment:${id}', 'Ring ${name}.', now())`,
  )
}
