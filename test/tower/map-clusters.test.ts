import { expect, test } from 'vitest'
import { boundsOf, clustersAt } from '../../web/src/screens/map/clusters.ts'

const hamburg = { id: 'a', lat: 53.54, lon: 9.98 }
const bremen = { id: 'b', lat: 53.08, lon: 8.8 }
const sydney = { id: 'c', lat: -33.87, lon: 151.2 }
const ids = (zoom: number) =>
  clustersAt([hamburg, bremen, sydney], zoom).map(({ members }) => members.map(({ id }) => id))

test('neighbours are one dot from afar and two from near; nothing is ever left out', () => {
  expect(ids(1)).toEqual([['a', 'b'], ['c']])
  expect(ids(8)).toEqual([['a'], ['b'], ['c']])
})

test('a dot for several stands between them, one for a single thing exactly there', () => {
  const [both, alone] = clustersAt([hamburg, bremen, sydney], 1)
  expect(both?.lat).toBeCloseTo(53.31)
  expect(both?.lon).toBeCloseTo(9.39)
  expect(alone).toMatchObject({ lat: sydney.lat, lon: sydney.lon })
})

test('what is in one place stays one dot however near somebody looks, also at a pole', () => {
  expect(clustersAt([hamburg, { ...hamburg, id: 'd' }], 22)).toHaveLength(1)
  expect(
    clustersAt(
      [
        { lat: 90, lon: 0 },
        { lat: -90, lon: 0 },
      ],
      3,
    ),
  ).toHaveLength(2)
})

test('the view that shows all of them reaches from the westernmost to the northernmost', () => {
  expect(boundsOf([hamburg, bremen, sydney])).toEqual([8.8, -33.87, 151.2, 53.54])
  expect(boundsOf([])).toBeUndefined()
})
