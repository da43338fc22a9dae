import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'

/** `npm start` and `npm test` build it first. */
const built = join(root, 'web/dist')

describe.skipIf(!existsSync(built))('what a browser loads of the control tower', () => {
  const page = existsSync(built) ? readFileSync(join(built, 'index.html'), 'utf8') : ''
  const first = (ending: string): readonly string[] =>
    [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)]
      .map(([, path = '']) => path)
      .filter((path) => path.endsWith(ending))

  test('begins with at most 200 KB of scripts and 50 KB of styles, packed', () => {
    expect(first('.js').length).toBeGreaterThan(0)
    expect(sum(first('.js'))).toBeLessThanOrEqual(200_000)
    expect(first('.css').length).toBeGreaterThan(0)
    expect(sum(first('.css'))).toBeLessThanOrEqual(50_000)
  })

  test('grows by at most 150 KB with any screen, 300 KB with the map', () => {
    const later = readdirSync(join(built, 'assets')).filter((name) => !first('').includes(`assets/${name}`))
    expect(later.length).toBeGreaterThan(10)
    const big = later.filter((name) => packed(`assets/${name}`) > 150_000)
    expect(big.filter((name) => !holdsMap(name))).toEqual([])
    expect(later.filter(holdsMap)).toHaveLength(1)
    expect(sum(later.filter(holdsMap).map((name) => `assets/${name}`))).toBeLessThanOrEqual(300_000)
  })
})

/** The library that draws maps, with what we draw on them. */
function holdsMap(name: string): boolean {
  return name.endsWith('.js') && readFileSync(join(built, 'assets', name), 'utf8').includes('maplibregl-canvas')
}

function sum(paths: readonly string[]): number {
  return paths.reduce((total, path) => total + packed(path), 0)
}

function packed(path: string): number {
  return gzipSync(readFileSync(join(built, path))).length
}
