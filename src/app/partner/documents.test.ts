import { describe, expect, test } from 'vitest'
import { x12File } from '../../../test/edi/sets.ts'
import type { Overlay } from '../../edi/overlay/overlay.ts'
import type { Agreement } from '../network/agreement-manifest.ts'
import { filePlace } from '../network/problem.ts'
import { checkDocuments, checkOverlays } from './documents.ts'

const overlay: Overlay = {
  name: 'harbor-945',
  about: 'Harbor always says which carrier took the goods.',
  level: 'partner',
  set: '945',
  version: '004010',
  places: { W27: { use: 'required' } },
}
const advice = 'ST*945*0001\nW06*F*DL-1*20260601\nLX*1\nW12*CC*5*5**EA**VN*SKU-1\nW03*5'

function agreement(lines: readonly string[]): Agreement {
  const samples = lines.map((text, at) => ({
    place: filePlace('a.yaml'),
    file: `${at}.edi`,
    bytes: Buffer.from(x12File('004010', text)),
  }))
  return { connection: 'harbor', entry: {} as never, settings: {}, overlays: [overlay], severity: {}, samples }
}

describe('documents of a partner', () => {
  test('are read, written and read again, and nothing is lost', () => {
    expect(checkDocuments(agreement([advice]))).toMatchObject([{ result: 'passed', about: 'harbor 0.edi' }])
  })

  test('that are rejected are failed with what to do; that no map reads are said to be so', () => {
    const [rejected, unmapped] = checkDocuments(agreement(['ST*945*0001\nZZZ*1', 'ST*997*0001\nAK1*SW*1\nAK9*A*1*1*1']))
    expect(rejected).toMatchObject({ result: 'failed', nextAction: expect.stringContaining('validate') as unknown })
    expect(unmapped?.result).not.toBe('passed')
  })

  test('that nobody has declared are asked for', () => {
    expect(checkDocuments(agreement([]))).toMatchObject([{ result: 'skipped' }])
  })
})

test('samples of an overlay are judged in the chain in which they are used', () => {
  const sample = { place: filePlace('a.yaml'), file: 'a.edi', bytes: Buffer.from(x12File('004010', advice)) }
  const declared = (verdicts: readonly string[]) =>
    new Map([['harbor-945', { overlay, place: filePlace('a.yaml'), samples: [{ ...sample, verdicts }] }]])
  expect(checkOverlays(agreement([]), declared(['partner.segment_required W27']))).toMatchObject([{ result: 'passed' }])
  expect(checkOverlays(agreement([]), declared([]))).toMatchObject([
    { result: 'failed', detail: expect.stringContaining('found partner.segment_required W27') as unknown },
  ])
})
