import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { provisioningUri } from '../access/one-time-code.ts'
import { qrMatrix } from './matrix.ts'
import { qrPicture } from './picture.ts'

const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']

function lines(text: string): readonly string[] {
  return (qrMatrix(text) ?? []).map((row) => row.map((dark) => (dark ? '#' : '.')).join(''))
}

test('a secret becomes the picture that another program read', () => {
  const uri = provisioningUri('JBSWY3DPEHPK3PXP', { email: 'ada@example.com', issuer: 'Interline' })
  const drawn = lines(uri)
  expect(drawn).toHaveLength(45)
  for (const [x, y] of [
    [0, 0],
    [38, 0],
    [0, 38],
  ] as const)
    expect(drawn.slice(y, y + 7).map((line) => line.slice(x, x + 7))).toEqual(finder)
  // Read back with jsQR 1.4 in every version from 1 to 20, when the encoder was written.
  expect(hash('sha256', drawn.join('\n'))).toBe('820295b47e2d7a69fef91d4d2d45fa7e41d47a87e4f9aa867d36d24948911036')
})

test('each size holds more than the one before, and what is too long for any has no picture', () => {
  const sizes = [1, 15, 60, 180, 400, 660].map((length) => lines('x'.repeat(length)).length)
  expect(sizes).toEqual(sizes.toSorted((one, other) => one - other))
  expect(new Set(sizes).size).toBe(sizes.length)
  expect(sizes[0]).toBe(21)
  expect(qrPicture('x'.repeat(3000))).toBeUndefined()
})

test('the picture is one drawing without anything from elsewhere, with a light margin', () => {
  const picture = qrPicture('https://hub.example/') ?? ''
  expect(picture).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 33 33"/)
  expect(picture).not.toMatch(/href|url\(|script|style/)
  const places = [...picture.matchAll(/M(\d+) (\d+)h1v1/g)].flatMap(([, x, y]) => [Number(x), Number(y)])
  expect(Math.min(...places)).toBe(4)
  expect(Math.max(...places)).toBe(28)
})
