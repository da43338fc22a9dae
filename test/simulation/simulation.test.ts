import { describe, expect, test } from 'vitest'
import { mutants } from './mutants.ts'
import { runSeed } from './seed.ts'

/** How many seeds a run tries; `npm run sim -- --seed 1 --count 2000` tries more. */
const seeds = 120
const mutantSeeds = 300
const partnerSeeds = 12
/** The last one has found what no other did: an answer that came after the claim was lost. */
const orderSeeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 175]

describe('a hub under faults', () => {
  test(`keeps every promise in ${seeds} seeds`, { timeout: 900_000 }, async () => {
    const broken: string[] = []
    let documents = 0
    for (let seed = 1; seed <= seeds; seed++) {
      const verdict = await runSeed(seed)
      documents += verdict.documents
      // The one command that shows it again.
      for (const one of verdict.broken) broken.push(`npm run sim -- --seed ${seed}: ${one}`)
    }
    expect(broken).toEqual([])
    expect(documents).toBeGreaterThan(seeds * 50)
  })

  test(`tells an EDI partner everything once, under numbers without a gap, in ${partnerSeeds} seeds`, {
    timeout: 900_000,
  }, async () => {
    const broken: string[] = []
    for (let seed = 1; seed <= partnerSeeds; seed++) {
      const verdict = await runSeed(seed, undefined, { hasPartner: true })
      for (const one of verdict.broken)
        if (/^(numbers|bytes|failed|double|lost)/.test(one))
          broken.push(`npm run sim -- --seed ${seed} --with partner: ${one}`)
    }
    expect(broken).toEqual([])
  })

  test(`carries orders out, asks for everything once and lets nothing wait for ever, in ${orderSeeds.length} seeds`, {
    timeout: 900_000,
  }, async () => {
    const broken: string[] = []
    for (const seed of orderSeeds)
      for (const one of (await runSeed(seed, undefined, { hasOrders: true })).broken)
        broken.push(`npm run sim -- --seed ${seed} --with orders: ${one}`)
    expect(broken).toEqual([])
  })

  test('does the same for the same seed', { timeout: 60_000 }, async () => {
    const first = await runSeed(7)
    const second = await runSeed(7)
    expect(second).toEqual(first)
    expect(first.events).toBeGreaterThan(10_000)
  })
})

describe('the simulation finds what is wrong', () => {
  test.for(mutants)('$name: $about', { timeout: 900_000 }, async (mutant, { expect: check }) => {
    let found: readonly string[] = []
    let seed = 0
    while (found.length === 0 && seed < mutantSeeds) found = (await runSeed(++seed, mutant)).broken
    check(found.length).toBeGreaterThan(0)
    const { weather } = mutant
    if (weather === undefined) return
    const sound = await runSeed(seed, { name: 'none', about: 'The same faults, and no bug.', weather })
    check(sound.broken).toEqual([])
  })
})
