import { describe, expect, test } from 'vitest'
import { segmentsShown, viewSegments } from './segment-view.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const isa = 'ISA*00*          *00*          *02*NORTH          *ZZ*HUB            *260301*0800*U*00401*000000905*0*P*>~'
const set = (middle: string, count: number): string =>
  `${isa}GS*QM*NORTH*HUB*20260301*0800*7*X*004010~ST*214*0001~${middle}SE*${count}*0001~GE*1*7~IEA*1*000000905~`
const good = 'B10*PRO1*SHP1*NRTH~LX*1~AT7*X6*NS***20260301*0800~'

describe('an EDI message for people', () => {
  test('is told segment by segment, each with the byte where it begins and the numbers of its data elements', () => {
    const text = set(good, 5)
    const view = viewSegments(bytes(text), 0)
    expect(view).toMatchObject({ syntax: 'x12', verdicts: [], bytesRead: text.length })
    expect(view?.segments.map(({ tag }) => tag)).toEqual(['ISA', 'GS', 'ST', 'B10', 'LX', 'AT7', 'SE'])
    for (const { tag, start } of view?.segments ?? []) expect(text.slice(start).startsWith(tag)).toBe(true)
    expect(view?.segments.find(({ tag }) => tag === 'AT7')?.elements[0]).toEqual({
      dataElement: '1650',
      values: [['X6']],
    })
  })

  test('says what is wrong at its exact bytes, and which segment that is', () => {
    const text = set(good.replace('20260301*0800', '20269901*0800'), 5)
    const view = viewSegments(bytes(text), 0)
    const wrong = view?.verdicts[0]
    expect(wrong).toMatchObject({ at: '20269901', element: 5 })
    expect(text.slice(wrong?.start, wrong?.end)).toBe('20269901')
    expect(view?.segments[wrong?.segment ?? -1]?.tag).toBe('AT7')
  })

  test('comes in parts, and a large one is not read whole', () => {
    const many = 'L11*1*PO~'.repeat(150_000)
    const text = set(`B10*PRO1*SHP1*NRTH~${many}`, 150_003)
    const view = viewSegments(bytes(text), 1000)
    expect(view?.segments.map(({ index }) => index)).toEqual(
      Array.from({ length: segmentsShown }, (_, at) => 1000 + at),
    )
    expect(view?.bytesRead).toBeLessThan(text.length)
  })

  test('is nothing where no interchange begins, whatever the bytes', () => {
    for (const text of ['', '{"a": 1}', '\0\u00ff'.repeat(100), 'ISA', 'UNB'])
      expect(viewSegments(bytes(text), 0)).toBeUndefined()
  })
})
