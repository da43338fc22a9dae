import { request } from 'undici'
import { startBenchHub } from './hub.ts'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/** P12: cold start, then kill -9 under load and start again on what is there: nothing acknowledged is missing. */
export async function recovery(): Promise<Record<string, number>> {
  const network = {
    connections: [{ id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } }],
  }
  const cold = performance.now()
  const hub = await startBenchHub({ network })
  const coldSeconds = (performance.now() - cold) / 1000
  const load = run({
    host: '127.0.0.1',
    port: hub.port,
    connections: 64,
    perSecond: 2000,
    requests: trackerWebhooks(6000, { shipments: 1000, secret: 'bench' }),
  }).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  hub.kill()
  await load
  const warm = performance.now()
  const again = await startBenchHub({ directory: hub.directory })
  const warmSeconds = (performance.now() - warm) / 1000
  const { body } = await request(`${again.url}/v1/accounting`, { headers: { authorization: `Bearer ${hub.key}` } })
  const accounting = (await body.json()) as { received: number; unaccounted: number }
  await again.stop()
  const round = (seconds: number): number => Math.round(seconds * 100) / 100
  return {
    coldSeconds: round(coldSeconds),
    afterKillSeconds: round(warmSeconds),
    received: accounting.received,
    unaccounted: accounting.unaccounted,
  }
}
