import { describe, expect, test } from 'vitest'
import { edifactFile, readSets } from '../../../../test/edi/sets.ts'
import { findSet } from '../find.ts'

/** Codes of what is wrong with a message of these segments, with the segments that they are about. */
function problems(type: string, version: string, segments: readonly string[]): readonly string[] {
  const head = `UNH+1+${type}:${version.replace('.', ':')}:UN`
  return readSets(edifactFile([head, ...segments].join('\n'))).flatMap(({ report }) =>
    report.verdicts.filter(({ level }) => level === 2).map(({ code, segmentTag }) => `${code} ${segmentTag}`),
  )
}

const heading = ['BGM+220+4711+9', 'DTM+137:20260301:102', 'NAD+BY+5412345000013::9']
const order = (...line: readonly string[]) => [
  ...heading,
  'LIN+1++00614141000012:EN',
  'QTY+21:12:PCE',
  ...line,
  'UNS+S',
]

describe('segments that came or went between D.93A, D.96A and D.97A', () => {
  test.each([
    ['QVA+2:21+BP', ['D.93A']],
    ['QVR+2:21+BP', ['D.96A', 'D.97A', 'D.01B']],
    ['CCI+4', ['D.96A', 'D.97A', 'D.01B']],
    ['DGS+ADR+3', ['D.97A', 'D.01B']],
    ['API+++AB', []],
  ])('%s in a line of ORDERS is read in %j, and nowhere else', (segment, versions) => {
    const read = ['D.93A', 'D.96A', 'D.97A', 'D.01B'].filter(
      (version) => problems('ORDERS', version, order(segment)).length === 0,
    )
    expect(read).toEqual(versions)
  })

  test('further prices are API in D.93A and APR since', () => {
    expect(problems('ORDERS', 'D.93A', order('PRI+AAA:4.5', 'API+++AB'))).toEqual([])
    expect(problems('ORDERS', 'D.93A', [...heading, 'API+++AB', ...order().slice(3)])).toEqual([])
    expect(problems('ORDERS', 'D.96A', [...heading, 'API+++AB', ...order().slice(3)])).not.toEqual([])
  })

  test('the number of a document has a version since D.97A, and only there', () => {
    const versioned = (version: string) => problems('ORDERS', version, ['BGM+220+4711:2+9', ...order().slice(1)])
    expect(versioned('D.97A')).toEqual([])
    expect(versioned('D.01B')).toEqual([])
    expect(versioned('D.96A')).toEqual(['component.too_many BGM'])
    expect(versioned('D.93A')).toEqual(['component.too_many BGM'])
  })

  test('a place that is too long for D.93A is told, though later directories have room for it', () => {
    const place = [...heading.slice(0, 3), 'LOC+7+:::HARBORTOWN TERMINAL NORTH', ...order().slice(3)]
    expect(problems('ORDERS', 'D.96A', place)).toEqual([])
    expect(problems('ORDERS', 'D.93A', place)).toEqual(['element.too_long LOC'])
  })
})

test.each(['ORDERS', 'ORDCHG', 'ORDRSP', 'DESADV', 'INVOIC', 'IFTMIN', 'IFTMBF', 'IFTMBC', 'IFTSTA'])(
  '%s is read in both old directories',
  (name) => {
    expect(findSet(name, 'D.93A')).toBeDefined()
    expect(findSet(name, 'D.97A')).toBeDefined()
  },
)

test.each(['INVRPT', 'RECADV', 'COPARN', 'CODECO', 'COARRI'])(
  '%s has another structure there, and is refused instead of half read',
  (name) => {
    expect(findSet(name, 'D.93A')).toBeUndefined()
    expect(findSet(name, 'D.97A')).toBeUndefined()
  },
)

describe('a directory that we do not have is read by its neighbour, and that is told', () => {
  test.each([
    ['ORDERS', 'D.95A', 'D.96A'],
    ['ORDERS', 'D.99A', 'D.01B'],
    ['ORDERS', 'D.24A', 'D.01B'],
    ['ORDERS', 'S.93A', 'D.93A'],
    ['IFTMBC', 'D.99B', 'D.01B'],
    ['IFTSTA', 'D.99B', 'D.00B'],
    ['IFTSTA', 'D.10B', 'D.07B'],
    ['COPARN', 'D.99A', 'D.00B'],
    ['RECADV', 'D.21A', 'D.01B'],
  ])('%s %s by %s', (name, version, rules) => {
    expect(findSet(name, version)?.version).toBe(rules)
  })

  test.each([
    ['older than all that we have', 'COPARN', 'D.94B'],
    ['compared, and found different', 'INVRPT', 'D.97A'],
    ['no directory', 'ORDERS', 'D.99Z'],
    ['another standard', '850', 'D.99B'],
    ['no message of ours', 'BAPLIE', 'D.95B'],
  ])('not one that is %s', (_, name, version) => {
    expect(findSet(name, version)).toBeUndefined()
  })

  function notes(version: string): readonly string[] {
    const head = `UNH+1+ORDERS:${version.replace('.', ':')}:UN`
    return readSets(edifactFile([head, ...order()].join('\n'))).flatMap(({ report }) => [
      report.status,
      ...report.verdicts.map(({ code, severity }) => `${code} ${severity}`),
    ])
  }

  test('the message counts, with a note that says so; one of a directory that we have gets none', () => {
    expect(notes('D.99B')).toEqual(['accepted', 'set.directory_near warn'])
    expect(notes('D.01B')).toEqual(['accepted'])
    expect(notes('D.96A')).toEqual(['accepted'])
  })
})
