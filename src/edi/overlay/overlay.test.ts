import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSets, x12File } from '../../../test/edi/sets.ts'
import { findSet } from '../sets/find.ts'
import { shippedOverlays } from './all.ts'
import { overlaidSet } from './apply.ts'
import { mergeOverlays, OverlayConflict } from './merge.ts'
import { openOverlaidCheck } from './open.ts'
import { isOverlay, type Overlay, overlayProblems } from './overlay.ts'

const tender: Overlay = {
  name: 'oak-214',
  about: 'What an invented shipper wants of statuses.',
  level: 'partner',
  set: '214',
  version: '004010',
  places: {},
}
const status = `
  ST*214*0001
  B10*PRO-1*LOAD-77*HAUL
  L11*88*BM
  LX*1
  AT7*X3*NS***20260302*0815*LT
  MS1*AKRON*OH*US`

function verdicts(overlays: readonly Overlay[], bytes: Uint8Array): string[][] {
  return readSets(bytes, { open: openOverlaidCheck(overlays) }).map(({ report }) =>
    report.verdicts.map(
      ({ code, segmentTag = '', segmentNumber = 0, element = 0, severity }) =>
        `${code} ${segmentTag}#${segmentNumber}${element === 0 ? '' : `.${element}`} ${severity}`,
    ),
  )
}

function partner(places: Overlay['places'], more: Partial<Overlay> = {}): Overlay {
  return { ...tender, ...more, places }
}

describe('a partner’s wish', () => {
  test.each<[string, Overlay['places'], string[]]>([
    ['a segment', { MAN: { use: 'required' } }, ['partner.segment_required MAN#3 warn']],
    ['a loop', { '0100': { use: 'required' } }, ['partner.segment_required N1#3 warn']],
    ['no segment', { L11: { use: 'forbidden' } }, ['partner.segment_forbidden L11#3 warn']],
    ['an element', { B10: { elements: { 4: { use: 'required' } } } }, ['partner.element_required B10#2.4 warn']],
    [
      'no element',
      { '0200/0205/MS1': { elements: { 3: { use: 'forbidden' } } } },
      ['partner.element_forbidden MS1#6.3 warn'],
    ],
    ['his codes', { L11: { elements: { 2: { codes: ['CN', 'PO'] } } } }, ['partner.code_forbidden L11#3.2 warn']],
    ['a form', { B10: { elements: { 2: { pattern: '\\d{8}' } } } }, ['partner.pattern B10#2.2 warn']],
    ['at most so many characters', { B10: { elements: { 2: { max: 5 } } } }, ['element.too_long B10#2.2 reject']],
    ['a segment so often', { L11: { min: 2 } }, ['partner.segment_too_few L11#6 warn']],
    ['a loop so often', { '0200': { min: 2 } }, ['partner.loop_too_few LX#6 warn']],
    ['nothing', { L11: { elements: { 2: { codes: ['BM', 'PO'] } } }, '0200': { use: 'required', min: 1 } }, []],
  ])('wants %s', (_, places, expected) => {
    expect(verdicts([partner(places)], x12File('004010', status))).toEqual([expected])
  })

  test('in a loop counts for each instance', () => {
    const twice = `${status}\n  LX*2\n  L11*1*QN\n  AT8*G*L*5*1`
    const wish = partner({ '0200/L11': { min: 1 } })
    expect(verdicts([wish], x12File('004010', twice))).toEqual([['partner.segment_too_few L11#6 warn']])
  })

  test('is of the segment in its loop alone', () => {
    const wish = partner({ '0200/L11': { use: 'forbidden' } })
    expect(verdicts([wish], x12File('004010', status))).toEqual([[]])
  })
})

describe('a chain of overlays', () => {
  test('of none is the base', () => {
    expect(overlaidSet([partner({})])).toEqual(findSet('214', '004010'))
    expect(verdicts([], x12File('004010', status))).toEqual([[]])
  })

  test('lets the narrower win, in whatever order it is given', () => {
    const wide = partner(
      { L11: { elements: { 2: { codes: ['PO'] } } }, B10: { max: 1 } },
      { name: 'wide', level: 'industry' },
    )
    const narrow = partner({ L11: { elements: { 2: { codes: ['BM'] } } } }, { name: 'narrow', level: 'relationship' })
    const merged = mergeOverlays([narrow, wide])
    expect(Object.fromEntries(merged)).toEqual({ L11: { elements: { 2: { codes: ['BM'] } } }, B10: { max: 1 } })
    expect(Object.fromEntries(mergeOverlays([wide, narrow]))).toEqual(Object.fromEntries(merged))
  })

  test('names both where two of one level contradict each other', () => {
    const one = partner({ L11: { max: 5 } }, { name: 'one' })
    const other = partner({ L11: { max: 6 } }, { name: 'other' })
    expect(() => mergeOverlays([one, other])).toThrow('one: L11 max = 5; other: L11 max = 6')
    expect(() => mergeOverlays([one, { ...other, level: 'relationship' }])).not.toThrow()
    expect(() => mergeOverlays([one, { ...one, name: 'same' }])).not.toThrow()
  })

  test.each([
    ['a place that the set does not have', [partner({ S5: { use: 'required' } })]],
    ['an element that the segment does not have', [partner({ L11: { elements: { 30: { use: 'required' } } } })]],
    ['a component of a simple element', [partner({ L11: { elements: { '1.2': { use: 'required' } } } })]],
    ['overlays of two sets', [partner({}), partner({}, { set: '204' })]],
    ['a version without grammar', [partner({}, { version: '003020' })]],
  ])('refuses %s', (_, overlays) => {
    expect(() => overlaidSet(overlays)).toThrow(OverlayConflict)
  })

  test('reads versions that the overlay names by its grammar', () => {
    const file = x12File('004030', status)
    expect(verdicts([], file)[0]?.[0]).toContain('set.directory_near')
    expect(verdicts([partner({}, { alsoFor: ['004030'] })], file)).toEqual([[]])
  })
})

describe('overlays as files', () => {
  test('are what their schema says', () => {
    for (const overlay of shippedOverlays) expect(overlayProblems(JSON.parse(JSON.stringify(overlay)))).toEqual([])
    expect(isOverlay({ ...tender, places: { L11: { usage: 'M' } } })).toBe(false)
    expect(overlayProblems({ ...tender, level: 'world' })).not.toEqual([])
  })

  test('are in alphabetical order, and each has a sample', () => {
    const names = shippedOverlays.map(({ name }) => name)
    expect(names).toEqual(names.toSorted())
    const samples = readdirSync(join(import.meta.dirname, 'samples')).map((file) => file.replace(/\.edi$/, ''))
    expect(samples.toSorted()).toEqual(names)
  })

  test.each<[string, string[][]]>([
    [
      'vics-856',
      [
        [],
        [
          'partner.element_required BSN#2.5 warn',
          'partner.code_forbidden HL#4.3 warn',
          'partner.code_forbidden MAN#5.1 warn',
          'partner.segment_required CTT#5 warn',
        ],
      ],
    ],
    [
      'ucs-940',
      [
        [],
        [
          'partner.segment_required W66#3 warn',
          'partner.code_forbidden W01#5.2 warn',
          'partner.loop_too_few N1#5 warn',
          'partner.segment_required W76#5 warn',
        ],
      ],
    ],
    [
      'eancom-desadv',
      [
        [],
        [
          'partner.element_required BGM#2.2 warn',
          'partner.code_forbidden BGM#2.3 warn',
          'partner.segment_required DTM#2 warn',
          'partner.code_forbidden NAD#3.2 warn',
          'partner.element_required LIN#6.1 warn',
          'partner.code_forbidden LIN#6.3 warn',
          'partner.loop_too_few NAD#7 warn',
        ],
      ],
    ],
  ])('%s says of its sample what it should', (name, expected) => {
    const overlay = shippedOverlays.find((one) => one.name === name)
    const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, `samples/${name}.edi`)))
    const told = verdicts(overlay === undefined ? [] : [overlay], bytes)
    expect(told.map((one) => one.toSorted())).toEqual(expected.map((one) => one.toSorted()))
  })
})
