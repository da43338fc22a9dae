import { parseArgs } from 'node:util'
import { runChaos } from './chaos.ts'
import { optionsFor } from './plan.ts'

/** `npm run chaos -- --events 100000 [--seed 1]`: real processes under faults, and what they have kept. */
const { values } = parseArgs({
  options: { events: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const options = optionsFor(Number(values.events), Number(values.seed))
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
