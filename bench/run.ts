import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { as2 } from './as2.ts'
import { badInput } from './bad-input.ts'
import { edi } from './edi.ts'
import { engine } from './engine.ts'
import { latency } from './latency.ts'
import { ledger } from './ledger.ts'
import { p05 } from './p05.ts'
import { bareNode } from './peer-node.ts'
import { queuePeer } from './peer-queue.ts'
import { recovery } from './recovery.ts'
import { simulation } from './simulation.ts'

type Figures = Readonly<Record<string, number>>

/** Every figure of the performance page that is measured here, in the order in which it is run. Each run measures its peers too. */
const figures: Readonly<Record<string, () => Promise<Figures>>> = {
  'bare node:http, same load': bareNode,
  'one job per event on a PostgreSQL queue (SKIP LOCKED, one commit each)': queuePeer,
  'P1 engine, inline lane': () => engine('inline'),
  'P3 engine, staged lane': () => engine('staged'),
  'P5 signed carrier webhooks, one per request': () => p05(60_000),
  'P6 latency at 500 per second': latency,
  'P12 start, kill -9 and catch up': recovery,
  'P14 effects through the ledger': ledger,
  'a neighbour of bad input': badInput,
  'P17 EDI bytes and envelope': edi,
  'AS2 messages': as2,
  'simulation, seeds per second': simulation,
}

const wanted = process.argv.slice(2)
const results: Record<string, Figures> = {}
for (const [name, measure] of Object.entries(figures)) {
  if (wanted.length > 0 && !wanted.some((one) => name.includes(one))) continue
  results[name] = await measure()
  process.stdout.write(`${name}: ${JSON.stringify(results[name])}\n`)
}
const path = join(import.meta.dirname, 'results.json')
const before = readResults(path)
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
writeFileSync(
  path,
  `${JSON.stringify({ cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version, commit, figures: { ...before, ...results } }, null, 2)}\n`,
)

function readResults(file: string): Record<string, Figures> {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { figures: Record<string, Figures> }).figures
  } catch {
    // The first run.
    return {}
  }
}
