import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Happening, plausibleDay } from '../../src/sandbox/day.ts'
import { Faults } from '../../src/sandbox/faults.ts'
import { Sender } from '../../src/sandbox/sender.ts'
import { eventually, LivingNetwork } from './living-network.ts'

interface Effect {
  readonly state: string
  readonly naturalKey: string
  readonly documentReference?: string
}
interface Page<T> {
  readonly data: readonly T[]
}

const timeout = 180_000
let network: LivingNetwork
let sender: Sender

beforeAll(async () => {
  network = await LivingNetwork.start()
  await network.simulate('stop')
  sender = new Sender({ hub: network.url, key: network.key, faults: new Faults(), random: () => 0.5 })
})

afterAll(async () => {
  await network.stop()
})

/** One delivery of the simulated day, from the order in the shop to the receipt that its consignee has signed. */
class Story {
  readonly delivery: string
  readonly trackingNumber: string
  readonly #told: readonly Happening[]

  constructor(seed: number) {
    const date = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
    const day = plausibleDay('quiet-day', seed, date)
    const found = (connection: string, word: string): Happening => {
      const one = day.find((happening) => happening.connection === connection && text(happening).includes(word))
      if (one === undefined) throw new Error(`${connection} never says ${word}`)
      return one
    }
    this.trackingNumber = memberOf(found('ltl', 'proof_of_delivery'), 'trackingNumber')
    const confirmed = found('wms', this.trackingNumber)
    this.delivery = memberOf(confirmed, 'deliveryNumber')
    const about = [this.trackingNumber, this.delivery, memberOf(confirmed, 'orderNumber')]
    this.#told = day.filter((one) => about.some((number) => text(one).includes(`"${number}"`)))
  }

  /** Tells a part of it, in the order of the day. */
  async tell(part: (one: Happening) => boolean): Promise<void> {
    for (const one of this.#told.filter(part)) await sender.tell(one)
  }
}

function memberOf({ body }: Happening, name: string): string {
  const { data } = body as { readonly data: Readonly<Record<string, unknown>> }
  return String(data[name])
}

function text({ body }: Happening): string {
  return JSON.stringify(body)
}

async function effectOf(naturalKey: string): Promise<Effect | undefined> {
  const { data } = await network.get<Page<Effect>>(`/v1/effects?naturalKey=${encodeURIComponent(naturalKey)}`)
  return data[0]
}

function applied(naturalKey: string): Promise<Effect | undefined> {
  return eventually(
    () => effectOf(naturalKey),
    (effect) => effect?.state === 'applied',
  )
}

async function quiet(): Promise<void> {
  await eventually(
    () => network.get<{ pending: number }>('/v1/accounting'),
    ({ pending }) => pending === 0,
  )
}

const story = new Story(31)
const hasLeft = ({ connection }: Happening): boolean => connection !== 'ltl'
const isProof = (one: Happening): boolean => text(one).includes('proof_of_delivery')

test('goods that the warehouse has confirmed are issued in the ERP', { timeout }, async () => {
  await story.tell(hasLeft)
  const issue = await applied(`post_goods_issue:erp:${story.delivery}`)
  expect(issue).toMatchObject({ state: 'applied' })
  expect(issue?.documentReference).toMatch(/^\d+$/)
})

test('an invoice waits while the carrier has delivered and not proven it', { timeout }, async () => {
  await story.tell((one) => !hasLeft(one) && !isProof(one))
  const shipments = await eventually(
    () => network.get<Page<{ status: string }>>(`/v1/shipments?reference=${story.trackingNumber}`),
    ({ data }) => data[0]?.status === 'delivered',
  )
  expect(shipments.data).toMatchObject([{ status: 'delivered' }])
  await quiet()
  expect(await effectOf(`release_invoice:erp:${story.delivery}`)).toBeUndefined()
  expect(await effectOf(`attach_pod:erp:${story.delivery}:proof`)).toBeUndefined()
})

test('the signed receipt releases the invoice and is attached to it, each once', { timeout }, async () => {
  await story.tell(isProof)
  const issue = await applied(`post_goods_issue:erp:${story.delivery}`)
  const invoice = await applied(`release_invoice:erp:${story.delivery}`)
  const attached = await applied(`attach_pod:erp:${story.delivery}:proof`)
  expect([invoice?.state, attached?.state]).toEqual(['applied', 'applied'])
  expect(Number(issue?.documentReference)).toBeLessThan(Number(invoice?.documentReference))
  await quiet()
  const papers = await eventually(
    async () => {
      const { data } = await network.get<Page<Effect>>('/v1/effects?command=attach_pod&limit=200')
      return data.filter(({ naturalKey }) => naturalKey.startsWith(`attach_pod:erp:${story.delivery}:`))
    },
    (found) => found.length > 1 && found.every(({ state }) => state === 'applied'),
  )
  expect(papers.map(({ state }) => state)).toEqual(['applied', 'applied'])
})

test('the ERP’s own word on delivery and invoice arrives: issued both', { timeout }, async () => {
  const trace = (reference: string): Promise<string> =>
    eventually(
      async () => JSON.stringify(await network.get(`/v1/trace?reference=${reference}`)),
      (text) => text.includes('issued"'),
    )
  expect(await trace(story.delivery)).toContain('"delivery.goods_issued"')
  expect(await trace(`IN${story.delivery.slice(2)}`)).toContain('"invoice.issued"')
})

test('the customer hears of it once, in order', { timeout }, async () => {
  const { data } = await network.get<Page<{ id: string }>>(`/v1/shipments?reference=${story.trackingNumber}`)
  const heard = await eventually(
    () => network.customerEvents(data[0]?.id ?? ''),
    (events) => events.some(({ type }) => type.endsWith('pod_received')),
  )
  const types = heard.map(({ type }) => type.slice(type.lastIndexOf('shipment.')))
  const milestones = types.filter((type) => ['shipment.delivered', 'shipment.pod_received'].includes(type))
  expect(milestones).toEqual(['shipment.delivered', 'shipment.pod_received'])
  const sequences = heard.map(({ sequence }) => sequence)
  expect(sequences).toEqual(sequences.toSorted())
})

test('told once more from the beginning, nothing is posted a second time', { timeout }, async () => {
  const before = await network.simulate<{ erpDocuments: number }>('status')
  await story.tell(() => true)
  await quiet()
  const after = await network.simulate<{ erpDocuments: number; erpDoubles: number }>('status')
  expect(after).toMatchObject({ erpDocuments: before.erpDocuments, erpDoubles: 0 })
})
