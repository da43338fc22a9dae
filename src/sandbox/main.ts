import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { request } from 'undici'
import { Control } from './control.ts'
import { SandboxCustomer } from './customer.ts'
import { declareNetwork } from './declaration.ts'
import { showDefect } from './defect.ts'
import { SandboxEasypost } from './easypost.ts'
import { EdiPartners } from './edi/partners.ts'
import { type ErpDocument, SandboxErp } from './erp.ts'
import { erpNews } from './erp-news.ts'
import { Faults } from './faults.ts'
import { SandboxHarbor } from './harbor.ts'
import { harborFolder, harborNetwork } from './harbor-network.ts'
import { HubDesk } from './hub-desk.ts'
import { sandboxLocations } from './locations.ts'
import { sandboxNetwork } from './network.ts'
import { servePeer } from './peer.ts'
import { seeded } from './random.ts'
import { Sender } from './sender.ts'

/** The simulated network as a process: its servers first, then the hub's declaration of it, then a day begins. */
const { values } = parseArgs({
  options: {
    hub: { type: 'string' },
    directory: { type: 'string' },
    'as2-port': { type: 'string', default: '4080' },
    'mailbox-port': { type: 'string', default: '2222' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '600' },
  },
})
const hub = values.hub ?? 'http://127.0.0.1:8080'
const directory = values.directory ?? '.interline'
const random = seeded(Number(values.seed))
const faults = new Faults()
const erp = new SandboxErp(faults, random)
const customer = new SandboxCustomer(faults, random)
const easypost = new SandboxEasypost(faults, random)
const ports = {
  erp: (await servePeer(erp)).port,
  customer: (await servePeer(customer)).port,
  easypost: (await servePeer(easypost)).port,
}
// Another hundred with every start: X12 has nine digits, and no number may come twice.
const firstNumber = 1 + (Math.floor(Date.now() / 1000) % 8_000_000) * 100
const harbor = new SandboxHarbor({ folder: harborFolder(directory), faults, random, firstNumber })
const partners = await EdiPartners.open({
  ...{ directory, faults, random, firstNumber },
  as2Port: Number(values['as2-port']),
  mailboxPort: Number(values['mailbox-port']),
  tell: (news) => sender.tell({ ...news, second: 0 }),
})
declareNetwork(directory, harborNetwork(directory), { source: 'simulated', file: 'harbor/partner.json' })
declareNetwork(directory, sandboxNetwork(ports), { source: 'simulated' })
process.send?.('ready')

const key = await adminKey(join(directory, 'admin.key'))
const desk = new HubDesk({ hub, key })
const sender = new Sender({ hub, key, faults, random, happened: (event) => easypost.know(event) })
const firstDay = Math.floor(Date.now() / 1000) % 86_400
const control = new Control({ erp, customer, easypost, harbor, partners, faults, sender, firstDay })
erp.booked = (document) => {
  tellNews(document).catch(showDefect)
}

const looking = setInterval(() => {
  harbor.look().catch(showDefect)
  partners.look().catch(showDefect)
}, 1000)

const leave = (): void => {
  clearInterval(looking)
  sender.stop()
  process.exit(0)
}
process.on('disconnect', leave)
process.on('SIGTERM', leave)

// The same rows again change nothing.
await desk.ask('/v1/master-data/locations/import', {
  body: { rows: sandboxLocations },
  once: `sandbox-locations-${Date.now()}`,
})
await subscribe()
// Until the vans leave on the next morning the day is told in a hurry: deliveries, proofs and invoices follow within a minute.
control.start({ scenario: 'quiet-day', seed: Number(values.seed), speed: Number(values.speed), sprintHours: 31 })
// Only now: a day that somebody starts is not replaced by the first one.
const front = await servePeer(control)
writeFileSync(join(directory, 'sandbox.json'), JSON.stringify({ port: front.port, ...ports }))

/** One after the other: an invoice is issued after it was released. */
async function tellNews(document: ErpDocument): Promise<void> {
  for (const news of erpNews(document)) await sender.tell({ ...news, second: 0 })
}

/** The hub writes its first key when it starts; then it answers. */
async function adminKey(path: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    if (existsSync(path) && (await answers())) return readFileSync(path, 'utf8').trim()
    await sleep(100)
  }
  throw new Error(`the hub did not start within a minute: ${path} is missing or ${hub} does not answer`)
}

async function answers(): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${hub}/readyz`)
    await body.dump()
    return statusCode === 200
  } catch {
    // Not there yet.
    return false
  }
}

/** The customer wants to be told about shipments. One subscription: its address changes with each start. */
async function subscribe(): Promise<void> {
  const url = `http://127.0.0.1:${ports.customer}/simulated-customer`
  customer.secret = await desk.subscribe({
    url,
    types: ['shipment.*'],
    once: `sandbox-${ports.customer}-${Date.now()}`,
  })
}
