import { expect, test } from 'vitest'
import { percentText } from '../../web/src/parts/percent.ts'

test('a share is written as people of the language write it', () => {
  expect(percentText(97.256, 'en')).toBe('97.26 %')
  expect(percentText(97.256, 'de')).toBe('97,26 %')
  expect(percentText(12, 'de')).toBe('12 %')
  expect(percentText(1250, 'en')).toBe('1,250 %')
})

test('everything and nothing are said only where it is so', () => {
  expect(percentText(100, 'en')).toBe('100 %')
  expect(percentText(0, 'en')).toBe('0 %')
  expect(percentText(99.996, 'en')).toBe('> 99.99 %')
  expect(percentText(99.996, 'de')).toBe('> 99,99 %')
  expect(percentText(99.994, 'en')).toBe('99.99 %')
  expect(percentText(100.004, 'en')).toBe('> 100 %')
  expect(percentText(0.004, 'en')).toBe('< 0.01 %')
  expect(percentText(0.011, 'en')).toBe('0.01 %')
})
