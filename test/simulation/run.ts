import { parseArgs } from 'node:util'
import { mutants } from './mutants.ts'
import { runSeed } from './seed.ts'

/** `npm run sim -- --seed 174 [--count 300] [--with orders|partner] [--mutant blindRetry]`: runs seeds and prints what they broke. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    with: { type: 'string' },
    mutant: { type: 'string' },
  },
})
const mutant = mutants.find(({ name }) => name === values.mutant)
if (values.mutant !== undefined && mutant === undefined)
  throw new Error(`no mutant ${values.mutant}; there are ${mutants.map(({ name }) => name).join(', ')}`)
if (values.with !== undefined && values.with !== 'orders' && values.with !== 'partner')
  throw new Error(`there are worlds with orders, and with partner; none with ${values.with}`)
const more = { hasOrders: values.with === 'orders', hasPartner: values.with === 'partner' }
const from = performance.now()
let found = 0
let events = 0
for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.count); seed++) {
  const verdict = await runSeed(seed, mutant, more)
  if (seed % 100 === 0) process.stderr.write(`seed ${seed}: ${found} with violations so far\n`)
  events += verdict.events
  if (verdict.broken.length === 0) continue
  found++
  process.stdout.write(`seed ${seed}: ${verdict.broken.length} broken\n  ${verdict.broken.slice(0, 6).join('\n  ')}\n`)
  if (mutant !== undefined) break
}
const seconds = (performance.now() - from) / 1000
process.stdout.write(`${values.count} seeds, ${found} with violations, ${events} events, ${seconds.toFixed(1)} s\n`)
process.exitCode = found > 0 && mutant === undefined ? 1 : 0
