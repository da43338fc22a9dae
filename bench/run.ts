import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { as2 } from './as2.ts'
import { largeAs2 } from './as2-large.ts'
import { auditRows } from './audit.ts'
import { badInput } from './bad-input.ts'
import { bulkImport } from './bulk-import.ts'
import { consoles } from './consoles.ts'
import { door } from './door.ts'
import { edi } from './edi.ts'
import { engine } from './engine.ts'
import { firstMinute } from './first-minute.ts'
import { flatFile } from './flat-file.ts'
import { growth } from './growth.ts'
import { largeFile } from './large-file.ts'
import { latency } from './latency.ts'
import { ledger, monthEnd } from './ledger.ts'
import { machine } from './machine.ts'
import { outbound } from './outbound.ts'
import { overload } from './overload.ts'
import { p05 } from './p05.ts'
import { bareNode } from './peer-node.ts'
import { queuePeer } from './peer-queue.ts'
import { peers } from './peers.ts'
import { reading } from './reading.ts'
import { recovery } from './recovery.ts'
import { simulation } from './simulation.ts'
import { steps } from './steps.ts'
import { stockComparison } from './stock-comparison.ts'

type Figures = Readonly<Record<string, number>>

/** Every figure of the performance page that is measured here, in the order in which it is run. Each run measures its peers too. */
const figures: Readonly<Record<string, () => Promise<Figures>>> = {
  'bare node:http, same load': bareNode,
  'one job per event on a PostgreSQL queue (SKIP LOCKED, one commit each)': queuePeer,
  'P1 engine, inline lane': () => engine('inline'),
  'P2 HTTP, one event per request': async () => ({ ...(await door({ perPost: 1, count: 60_000 })) }),
  'P3 engine, staged lane': () => engine('staged'),
  'P4 HTTP, 100 events per request': async () => ({ ...(await door({ perPost: 100, count: 100_000 })) }),
  'P5 signed carrier webhooks, one per request': () => p05(60_000),
  'P6 latency at 500 per second': latency,
  'P7 twice the load that it can take': overload,
  'P8 memory and rate as the log grows': growth,
  'P10 one durable job per event elsewhere': peers,
  'P11 against the machine': machine,
  'P12 start, kill -9 and catch up': recovery,
  'P13 webhooks out, signed, one per request': outbound,
  'from npm start to a living network': firstMinute,
  'P14 effects through the ledger': ledger,
  'month-end: a burst to an ERP with an allowed rate': monthEnd,
  'P15 reads beside webhooks': reading,
  '200 people and 1,000 live streams beside webhooks': () => consoles(),
  'P16 steps of a process beside webhooks': steps,
  'stock of 100,000 cells against an ERP': () => stockComparison(),
  'a neighbour of bad input': badInput,
  'a neighbour of an import': bulkImport,
  'a neighbour of a large EDI file': largeFile,
  'P17 EDI bytes and envelope': edi,
  'flat files': flatFile,
  'AS2 messages': as2,
  'memory of a large AS2 message': () => largeAs2(),
  'rows of the audit log': auditRows,
  'simulation, seeds per second': simulation,
}

const wanted = process.argv.slice(2)
const path = join(import.meta.dirname, 'results.json')
for (const [name, measure] of Object.entries(figures)) {
  if (wanted.length > 0 && !wanted.some((one) => name.includes(one))) continue
  // Who else was at work: without it nobody can tell a slow hub from a busy machine.
  const busyBefore = Math.round((loadavg()[0] ?? 0) * 10) / 10
  const measured = { ...(await measure()), loadAverageBefore: busyBefore }
  process.stdout.write(`${name}: ${JSON.stringify(measured)}\n`)
  // At once: a run that breaks off keeps what it has.
  keep({ ...readResults(path), [name]: measured })
}

/** In the order of the list above, whatever was measured when. */
function keep(all: Readonly<Record<string, Figures>>): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const ordered = Object.keys(figures).flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]] as const]))
  const results = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version, commit }
  writeFileSync(path, `${JSON.stringify({ ...results, figures: Object.fromEntries(ordered) }, null, 2)}\n`)
}

/** Nothing before the first run. */
function readResults(file: string): Record<string, Figures> {
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { figures: Record<string, Figures> }).figures
    : {}
}
