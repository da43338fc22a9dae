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
import { setTimeout } from 'node:timers/promises'
import { group, set, x12 } from '../test/edi/interchanges.ts'
import { startBenchHub } from './hub.ts'
import { run } from './p05.ts'
import { trackerWebhooks } from './webhooks.ts'

/**
 * What a sender of small messages notices of large EDI interchanges that another partner drops: its p95 at 100 per second, alone and while
 * a file is taken, in turn, because on a shared machine the same hub alone answers twice as fast in one minute as in the next.
 * `BENCH_LARGE_MEGABYTES=1000` is the size of the promise; the default fits a coffee.
 */
export async function largeFile(
  megabytes = Number(process.env['BENCH_LARGE_MEGABYTES'] ?? 8),
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
  const phase = new Int32Array(new SharedArrayBuffer(4))
  const count = perSecond * ((rounds + 1) * aloneSeconds + secondsMost * megabytes)
  const requests = trackerWebhooks(count, { shipments: 500, secret: 'bench' })
  try {
    // One sender all the while: the first requests of a new one are slow.
    const sending = run({ host: '127.0.0.1', port: hub.port, connections: 16, perSecond, requests, phase })
    const memory = { alone: 0, beside: 0 }
    let seconds = 0
    await setTimeout(1000 * aloneSeconds)
    for (let round = 0; round < rounds; round++) {
      Atomics.store(phase, 0, Phase.alone)
      await setTimeout(1000 * aloneSeconds)
      memory.alone = Math.max(memory.alone, hub.rss())
      writeInterchange(join(folder, '.writing'), megabytes / rounds, round)
      Atomics.store(phase, 0, Phase.beside)
      const from = performance.now()
      await taken(folder, round, () => (memory.beside = Math.max(memory.beside, hub.rss())))
      seconds += (performance.now() - from) / 1000
    }
    Atomics.store(phase, 0, Phase.over)
    const { phases } = await sending
    const at = (which: number, share: number): number => percentile(phases[which] ?? new Float64Array(), share)
    return {
      megabytes,
      seconds: Math.round(seconds),
      aloneP50Milliseconds: round(at(Phase.alone, 0.5)),
      besideP50Milliseconds: round(at(Phase.beside, 0.5)),
      aloneP95Milliseconds: round(at(Phase.alone, 0.95)),
      besideP95Milliseconds: round(at(Phase.beside, 0.95)),
      p95Ratio: round(at(Phase.beside, 0.95) / at(Phase.alone, 0.95)),
      megabytesMoreMemory: Math.round((memory.beside - memory.alone) / 1024 / 1024),
    }
  } finally {
    await hub.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the requests of a while are of: the first of them warm the hub up. */
const Phase = { warming: 0, alone: 1, beside: 2, over: -1 }
const rounds = 4
/** How long there is no file before the next one. */
const aloneSeconds = 12
/** Messages of the neighbour. */
const perSecond = 100
/** How long a megabyte may take at most. */
const secondsMost = 120

/** Drops a file that was written, and waits until it is archived. */
async function taken(folder: string, index: number, look: () => void): Promise<void> {
  renameSync(join(folder, '.writing'), join(folder, `large-${index}.edi`))
  while (!existsSync(join(folder, 'archive', `large-${index}.edi`))) {
    if (existsSync(join(folder, 'refused', `large-${index}.edi`))) throw new Error('the hub refused the file')
    look()
    await setTimeout(200)
  }
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0
}

/** Statuses of as many shipments as fit, written piece by piece. */
export function writeInterchange(path: string, megabytes: number, index = 0): void {
  mkdirSync(join(path, '..'), { recursive: true })
  const number = String(index + 1).padStart(9, '0')
  const [head = '', tail = ''] = x12({ number, groups: [group({ sets: ['|'] })] }).split('|')
  const file = openSync(path, 'w')
  writeSync(file, head)
  let sets = 0
  for (let bytes = 0; bytes < megabytes * 1_000_000; ) {
    const piece = Array.from({ length: 500 }, () => statusSet(sets++, index)).join('')
    writeSync(file, piece)
    bytes += piece.length
  }
  writeSync(file, tail.replace('GE*1*', `GE*${sets}*`))
  closeSync(file)
}

function statusSet(index: number, file: number): string {
  const shipment = 778_000 + file * 10_000_000 + index
  return set({
    number: `${index + 1}`.padStart(9, '0'),
    body: [
      `B10*PRO${shipment}*BOL${shipment}*MRDN`,
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
