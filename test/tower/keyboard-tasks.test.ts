import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import { keyboardTasks } from './keyboard-tasks.ts'

const pointers = /\.(click|dblclick|tap|hover|dragTo)\(|\.mouse\b|\.touchscreen\b/
const keys = /\.press\(|\.keyboard\./

test('every screen has a test that does its main task by keyboard', () => {
  const screens = addresses()
  expect(screens.length).toBeGreaterThan(50)
  expect(Object.keys(keyboardTasks).toSorted()).toEqual(screens.toSorted())
})

test.each([...new Map(Object.values(keyboardTasks).map((one) => [one.join(': '), one])).values()])(
  'in %s, "%s" presses keys and touches no pointer',
  (file, name) => {
    const body = bodyOf(readFileSync(join(import.meta.dirname, file), 'utf8'), name)
    expect(body).toMatch(keys)
    expect(body).not.toMatch(pointers)
  },
)

test('a test with a pointer, and one that is not there, would be found out', () => {
  const text = `  test('one', async () => {\n    await page.click('a')\n  })\n\n  test('two', () => {})\n`
  expect(bodyOf(text, 'one')).toMatch(pointers)
  expect(bodyOf(text, 'two')).not.toMatch(pointers)
  expect(() => bodyOf(text, 'three')).toThrow('three')
})

/** All that the router knows, out of its source: the screens by name, and a list and a page for each kind of document. */
function addresses(): string[] {
  const source = (path: string): string => readFileSync(join(root, 'web/src', path), 'utf8')
  const routes = source('routes.tsx')
  const named = [...routes.matchAll(/^ {2}'(\/[^']*)': lazyRouteComponent/gm)].map(([, path = '']) => path)
  const outside = [...routes.matchAll(/path: '(\/[^']+)'/g)].map(([, path = '']) => path)
  const list = /documentKinds = \[([^\]]*)\]/.exec(source('screens/documents/document-kinds.ts'))?.[1] ?? ''
  const kinds = [...list.matchAll(/'([^']+)'/g)].flatMap(([, kind = '']) => [`/${kind}`, `/${kind}/$id`])
  return [...named, ...outside, ...kinds]
}

/** From the name of the test to the next one. Throws when there is none. */
function bodyOf(text: string, name: string): string {
  const at = text.indexOf(`'${name}'`)
  if (at < 0) throw new Error(`there is no test "${name}"`)
  const end = /\n {2}(?:test|describe)\b|\n\}\)/.exec(text.slice(at))
  return text.slice(at, end === null ? undefined : at + end.index)
}
