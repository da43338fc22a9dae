import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../tools/source-tree.ts'
import { HubProcess } from '../hub-process.ts'
import { noBrowser, Visitor } from './browser.ts'

/** `npm test` builds it first; a run of this file alone may not have. */
const isBuilt = existsSync(join(root, 'docs/.vitepress/dist/llms.txt'))
const timeout = 60_000
let hub: HubProcess

describe.skipIf(!isBuilt)('the documentation that the hub serves', { timeout }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start()
  }, timeout)
  afterAll(() => hub.stop())

  test('has every page as HTML and as the Markdown that it was written in, without a key', async () => {
    const { body } = await request(`${hub.url}/docs/llms.txt`)
    const paths = [...(await body.text()).matchAll(/\]\((\/docs\/[^)]+)\.md\)/g)].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(60)
    for (const path of paths.filter((_, at) => at % 8 === 0)) {
      const asPage = path.endsWith('/README') ? path.slice(0, -'README'.length) : path
      expect(await kindOf(asPage)).toEqual([200, 'text/html; charset=utf-8'])
      expect(await kindOf(`${path}.md`)).toEqual([200, 'text/markdown; charset=utf-8'])
    }
  })

  test.each([
    '/docs/nothing-of-this-name',
    '/docs/../package.json',
    '/docs/%2e%2e/%2e%2e/package.json',
    '/docs/..%2f..%2fpackage.json',
  ])('reads nothing that was not built: %s', async (path) => {
    const { statusCode, headers, body } = await request(`${hub.url}${path}`, {
      headers: { accept: 'application/json' },
    })
    expect(statusCode).toBe(404)
    expect(headers['content-type']).toContain('application/problem+json')
    await body.dump()
  })

  describe.skipIf(noBrowser !== undefined)('in a browser', () => {
    let visitor: Visitor
    beforeAll(async () => {
      visitor = await Visitor.arrive(hub.url)
    }, timeout)
    afterAll(() => visitor.close())

    test('is read and searched by keyboard, and asks nobody else for anything', async () => {
      const { page } = visitor
      await page.goto(`${hub.url}/docs/`)
      await page.getByRole('heading', { level: 1, name: 'Interline' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.locator('input.search-input').waitFor()
      await page.keyboard.type('NOT_FOUND')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/docs\/.+/)
      await page.goto(`${hub.url}/docs/reference/processes/`)
      await page
        .getByRole('main')
        .getByRole('link', { name: /order.to.ship/i })
        .first()
        .click()
      await page.waitForURL(/order-to-ship/)
      expect(visitor.faults).toEqual([])
    })

    test('keeps nobody out', async () => {
      await visitor.page.goto(`${hub.url}/docs/tutorial/first-integration`)
      expect(await visitor.obstacles()).toEqual([])
    })
  })
})

async function kindOf(path: string): Promise<readonly [number, unknown]> {
  const { statusCode, headers, body } = await request(`${hub.url}${path}`)
  await body.dump()
  return [statusCode, headers['content-type']]
}
