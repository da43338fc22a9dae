import { eventually, LivingNetwork } from '../test/scenarios/living-network.ts'

/** From `npm start` in an installed clone to a network that lives: ready, the first parcel known, the first posting booked by the ERP. */
export async function firstMinute(): Promise<Record<string, number>> {
  const from = performance.now()
  const since = (): number => Math.round((performance.now() - from) / 100) / 10
  const network = await LivingNetwork.start()
  try {
    const readySeconds = since()
    await some(network, '/v1/shipments')
    const firstShipmentSeconds = since()
    await some(network, '/v1/effects?state=applied')
    return { readySeconds, firstShipmentSeconds, firstPostingSeconds: since() }
  } finally {
    await network.stop()
  }
}

async function some(network: LivingNetwork, path: string): Promise<void> {
  const { data } = await eventually(
    () => network.get<{ readonly data: readonly unknown[] }>(path),
    (page) => page.data.length > 0,
  )
  if (data.length === 0) throw new Error(`the network does not live: ${path} is empty`)
}
