import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { group, set, x12 } from '../test/edi/interchanges.ts'
import { startBenchHub } from './hub.ts'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/**
 * What a sender of small messages notices of a large EDI interchange that another partner has dropped: its p95 at 100 per second, alone
 * and while the file is taken. `BENCH_LARGE_MEGABYTES=1000` is the size of the promise; the default fits a coffee.
 */
export async function largeFile(
  megabytes = Number(process.env['BENCH_LARGE_MEGABYTES'] ?? 50),
): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'interline-large-'))
  chmodSync(folder, 0o755)
  const hub = await startBenchHub({
    network: {
      connections: [
        { id: 'easypost', tenant: 'main', connector: 'easypost', settings: { webhookSecret: 'bench' } },
        { id: 'meridian', tenant: 'main', connector: 'edi-partner', settings: {} },
      ],
      pickUps: [{ connection: 'meridian', protocol: 'folder', path: folder, settledLooks: 1, everySeconds: 1 }],
    },
  })
  let start = 0
  const neighbour = async (count: number): Promise<Float64Array> => {
    const requests = trackerWebhooks(count, { shipments: 500, secret: 'bench', start })
    start += count
    return (await run({ host: '127.0.0.1', port: hub.port, connections: 16, perSecond: 100, requests })).latencies
  }
  try {
    await neighbour(500)
    const alone = await neighbour(1500)
    const before = hub.rss()
    writeInterchange(join(folder, '.writing'), megabytes)
    const from = performance.now()
    renameSync(join(folder, '.writing'), join(folder, 'large.edi'))
    const beside: number[] = []
    let highest = before
    while (!existsSync(join(folder, 'archive', 'large.edi'))) {
      if (existsSync(join(folder, 'refused', 'large.edi'))) throw new Error('the hub refused the file')
      beside.push(...(await neighbour(200)))
      highest = Math.max(highest, hub.rss())
    }
    const seconds = (performance.now() - from) / 1000
    const p95 = (list: ArrayLike<number>): number => Float64Array.from(list).sort()[Math.floor(list.length * 0.95)] ?? 0
    return {
      megabytes,
      seconds: Math.round(seconds),
      aloneP95Milliseconds: round(p95(alone)),
      besideP95Milliseconds: round(p95(beside)),
      p95Ratio: round(p95(beside) / p95(alone)),
      megabytesMoreMemory: Math.round((highest - before) / 1024 / 1024),
    }
  } finally {
    await hub.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Statuses of as many shipments as fit, written piece by piece. */
export function writeInterchange(path: string, megabytes: number): void {
  mkdirSync(join(path, '..'), { recursive: true })
  const [head = '', tail = ''] = x12({ groups: [group({ sets: ['|'] })] }).split('|')
  const file = openSync(path, 'w')
  writeSync(file, head)
  let sets = 0
  for (let bytes = 0; bytes < megabytes * 1_000_000; ) {
    const piece = Array.from({ length: 500 }, () => statusSet(sets++)).join('')
    writeSync(file, piece)
    bytes += piece.length
  }
  writeSync(file, tail.replace('GE*1*', `GE*${sets}*`))
  closeSync(file)
}

function statusSet(index: number): string {
  return set({
    number: `${index + 1}`.padStart(9, '0'),
    body: [
      `B10*PRO${778_000 + index}*BOL${778_000 + index}*MRDN`,
      'L11*PO5566*PO',
      'LX*1',
      'AT7*X3*NS***20260114*0815*LT',
      'MS1*GHENT*OV*BE',
      'MS2*MRDN*TR4471',
      'AT8*G*L*1240*12',
    ],
  })
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await largeFile())}\n`)
