import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, LivingNetwork } from './living-network.ts'

const timeout = 180_000
let network: LivingNetwork
beforeAll(async () => {
  network = await LivingNetwork.start()
}, timeout)
afterAll(async () => {
  await network.stop()
})

interface Shipments {
  readonly data: readonly { readonly id: string; readonly carrier?: string; readonly trackingNumber?: string }[]
}

interface Shipment {
  readonly status: string
  readonly events: readonly unknown[]
}

async function status(): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse((await network.run('sim', 'status', '--json')).out) as Record<string, unknown>
}

test('the parcel carrier is told once where to call, however often somebody asks for it', { timeout }, async () => {
  const at = `${network.url}/v1/inbound/easypost`
  const first = await network.run('webhook', 'register', 'easypost', '--at', at, '--json')
  expect(first).toMatchObject({ code: 0, error: '' })
  const made = JSON.parse(first.out) as Record<string, unknown>
  expect(made).toMatchObject({ state: 'applied', webhook: 'hook_1', url: at })
  expect(JSON.parse((await network.run('webhook', 'register', 'easypost', '--at', at, '--json')).out)).toEqual(made)
  expect(await status()).toMatchObject({ carrierWebhooks: 1, carrierWebhookDoubles: 0 })
  expect((await network.run('webhook', 'ls')).out).toContain(`register_webhook:easypost:${at}`)
})

test('a carrier that does not call is asked, and its answer moves the shipment', { timeout }, async () => {
  expect((await network.run('sim', 'fault', 'carriers.silent=on')).code).toBe(0)
  expect((await network.run('sim', 'start', '--scenario', 'quiet-day', '--seed', '77', '--speed', '20000')).code).toBe(
    0,
  )
  /** Shipments of the parcel carrier that only the warehouse has spoken of. */
  const silent = async (): Promise<Shipments['data']> =>
    (await network.get<Shipments>('/v1/shipments?status=planned&carrier=parcelnorth&limit=200')).data
  const seen = new Set<string>()
  // Nobody calls, so what moves was asked for: by us, or by the hub itself, whose own time to ask may come first.
  const moved = await eventually(
    async () => {
      for (const { id, trackingNumber } of (await silent()).slice(0, 20)) {
        seen.add(id)
        await network.post('/v1/polls', { connection: 'easypost', trackingNumber })
      }
      for (const id of seen) {
        const shipment = await network.get<Shipment>(`/v1/shipments/${id}`)
        if (shipment.status !== 'planned' && shipment.events.length > 0) return shipment
      }
      return undefined
    },
    (shipment) => shipment !== undefined,
  )
  expect(moved).toBeDefined()
  expect(await network.get('/v1/accounting')).toMatchObject({ unaccounted: 0 })
})
