import { parseArgs } from 'node:util'
import { runChaos } from './chaos.ts'
import { optionsFor } from './plan.ts'

/**
 * `npm run chaos -- --events 100000 [--seed 1] [--kills 60] [--database-kills 20] [--lost-reply 0.1] [--seconds 400]
 * [--freezes 40] [--restarts 20] [--wires 120] [--cuts 600]`: real processes under faults, and what they have kept. What is not said is as the promises ask for that many events.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string' },
    'database-kills': { type: 'string' },
    'lost-reply': { type: 'string' },
    seconds: { type: 'string' },
    freezes: { type: 'string' },
    restarts: { type: 'string' },
    wires: { type: 'string' },
    cuts: { type: 'string' },
  },
})
const planned = optionsFor(Number(values.events), Number(values.seed))
const options = {
  ...planned,
  kills: Number(values.kills ?? planned.kills),
  databaseKills: Number(values['database-kills'] ?? planned.databaseKills),
  lostReply: Number(values['lost-reply'] ?? planned.lostReply),
  seconds: Number(values.seconds ?? planned.seconds),
  freezes: Number(values.freezes ?? planned.freezes),
  restarts: Number(values.restarts ?? planned.restarts),
  wires: Number(values.wires ?? planned.wires),
  cuts: Number(values.cuts ?? planned.cuts),
}
const result = await runChaos(options, (line) => process.stderr.write(`${line}\n`))
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
const { lost, doubleMessages, doubleDocuments, phantoms, orderViolations, unaccounted } = result
const broken =
  lost +
  doubleMessages +
  doubleDocuments +
  phantoms +
  orderViolations +
  Math.abs(unaccounted) +
  result.unsettled +
  result.wrongSums +
  result.oracle +
  result.crashes.length
if (broken > 0) process.stderr.write(`again: npm run chaos -- --events ${options.events} --seed ${options.seed}\n`)
process.exitCode = broken === 0 ? 0 : 1
