import { expect, test } from 'vitest'
import type { NewFact } from '../../backbone/step.ts'
import { Tenure } from '../tenure.ts'
import { LargeFolding } from './large-folding.ts'

function factsOf(count: number, messages = 1): NewFact[] {
  return Array.from({ length: count }, (_, at) => {
    const fact = { causation: `msg_0-${at % messages}`, subject: `shipment ${at}` } as NewFact['fact']
    return { partition: at % 2, fact }
  })
}

/** Owners of two partitions who have folded everything up to there. */
function owners(...planned: number[]): Tenure[] {
  return planned.map((offset, partition) => {
    const tenure = new Tenure('advance', partition)
    tenure.take({ consumer: 'advance', partition, owner: 'here', epoch: 1, offset }, Number.POSITIVE_INFINITY)
    return tenure
  })
}

/** Each partition begins at 100. */
const offsets = Array.from({ length: 3000 }, (_, at) => 100 + Math.floor(at / 2))

test('the facts of one large message are under way from before they are appended until their owners have folded the last', () => {
  const folding = new LargeFolding()
  const appended = folding.append(factsOf(3000))
  expect(folding.isUnderWay(owners(99, 99))).toBe(true)
  appended(offsets)
  expect(folding.isUnderWay(owners(1599, 1598))).toBe(true)
  expect(folding.isUnderWay(owners(1599, 1599))).toBe(false)
})

test('a batch of many small messages keeps nobody from planning, nor do facts that were not appended after all', () => {
  const folding = new LargeFolding()
  folding.append(factsOf(3000, 7))(offsets)
  folding.append(factsOf(1000))(offsets.slice(0, 1000))
  expect(folding.isUnderWay(owners(99, 99))).toBe(false)
  const appended = folding.append(factsOf(3000))
  appended([])
  expect(folding.isUnderWay(owners(99, 99))).toBe(false)
})

test('what another instance owns is folded there', () => {
  const folding = new LargeFolding()
  folding.append(factsOf(3000))(offsets)
  const tenures = owners(99, 99)
  for (const tenure of tenures) tenure.lose()
  expect(folding.isUnderWay(tenures)).toBe(false)
})
