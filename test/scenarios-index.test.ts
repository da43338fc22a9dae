import { expect, test } from 'vitest'
import { scenarios } from '../tools/reference/scenarios.ts'

test('the five processes have more than sixty scenarios beside those against a real ERP, each with a name of its own', () => {
  const all = scenarios()
  const simulated = all.filter(({ file }) => file.startsWith('test/scenarios/'))
  expect(simulated.length).toBeGreaterThan(60)
  expect(all.length - simulated.length).toBeGreaterThan(15)
  const names = all.map(({ file, about, promise }) => `${file} ${about} ${promise}`)
  expect(new Set(names).size).toBe(names.length)
})
