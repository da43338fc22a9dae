import { describe, expect, test } from 'vitest'
import { date, decimal, implied, time } from './convert.ts'
import { readPeriod, readZonedPeriod, writePeriod } from './period.ts'

describe('values of elements', () => {
  test('implied decimals are exact in both directions', () => {
    const money = implied(2)
    for (const [written, value] of [
      ['12345', '123.45'],
      ['5', '0.05'],
      ['-150', '-1.5'],
      ['0', '0'],
    ] as const) {
      expect(money.read(written)).toBe(value)
      expect(money.write(value)).toBe(written)
    }
    expect(money.write('7')).toBe('700')
    expect(money.read('1.5')).toBeUndefined()
    expect(() => money.write('1.234')).toThrow(/more than 2 decimals/)
  })

  test('a comma is a decimal mark, and what is no number is not guessed', () => {
    expect(decimal.read('1,5')).toBe('1.5')
    expect(decimal.read('12 pieces')).toBeUndefined()
  })

  test('dates of six and eight digits', () => {
    expect(date.read('20260301')).toBe('2026-03-01')
    expect(date.read('260301')).toBe('2026-03-01')
    expect(date.read('991231')).toBe('1999-12-31')
    expect(date.read('2603')).toBeUndefined()
    expect(date.write('2026-03-01')).toBe('20260301')
    expect(time.read('081530')).toBe('08:15:30')
    expect(time.write('08:15:30')).toBe('081530')
  })

  test.each([
    ['20260301', '102', '2026-03-01'],
    ['202603010815', '203', '2026-03-01T08:15'],
    ['20260301081530', '204', '2026-03-01T08:15:30'],
    ['260301', '101', '2026-03-01'],
    ['2603010815', '201', '2026-03-01T08:15'],
    // The length of another format: it means what it says.
    ['20260301', '203', '2026-03-01'],
    ['2026030120260305', '718', '2026-03-01'],
    ['20260301-20260305', '718', '2026-03-01'],
    ['26030108152603011200', '713', '2026-03-01T08:15'],
    ['260301081530', '202', '2026-03-01T08:15:30'],
    ['202603010815', '202', '2026-03-01T08:15'],
    ['010326', '2', '2026-03-01'],
    ['030126', '3', '2026-03-01'],
    ['01032026', '4', '2026-03-01'],
    ['010320260815', '5', '2026-03-01T08:15'],
  ])('a period %s in format %s is %s', (value, format, local) => {
    expect(readPeriod(value, format)?.local).toBe(local)
  })

  test.each([
    ['202603', '610'],
    ['202612', '616'],
    ['201012', '616'],
    ['201011', '610'],
    ['14', '804'],
  ])('%s in format %s is no moment, and none is made of it', (value, format) => {
    expect(readPeriod(value, format)).toBeUndefined()
  })

  test.each([
    ['202603010815P02', '303', '2026-03-01T08:15+02:00'],
    ['20260301081530M0530', '304', '2026-03-01T08:15:30-05:30'],
    ['202603010815-03', '205', '2026-03-01T08:15-03:00'],
  ])('%s in format %s says its zone', (value, format, moment) => {
    expect(readZonedPeriod(value, format)).toBe(moment)
  })

  test.each([
    ['00000000', '102'],
    ['000000000000', '203'],
    ['00000000', '203'],
    ['00000000000000', '204'],
  ])('%s in format %s is no date', (value, format) => {
    expect(readZonedPeriod(value, format)).toBeUndefined()
  })

  test('a zone is kept, and what is no moment is nothing', () => {
    expect(readPeriod('202603010815CET', '303')).toEqual({ local: '2026-03-01T08:15', zone: 'CET' })
    expect(readPeriod('MONDAY', '102')).toBeUndefined()
    expect(readPeriod('', '102')).toBeUndefined()
    expect(writePeriod('2026-03-01T08:15')).toEqual({ value: '202603010815', format: '203' })
    for (const moment of [
      '2026-03-01',
      '2026-03-01T08:15',
      '2026-03-01T08:15:30',
      '2026-03-01T08:15Z',
      '2026-03-01T08:15:30-05:00',
    ]) {
      const { value, format } = writePeriod(moment)
      const read = readPeriod(value, format)
      expect(`${read?.local}${read?.zone === 'UTC' ? 'Z' : (read?.zone ?? '')}`).toBe(moment)
    }
  })
})
