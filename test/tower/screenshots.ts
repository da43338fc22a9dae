import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { generatedHead } from '../../tools/generated-head.ts'
import { root } from '../../tools/source-tree.ts'
import { LivingNetwork } from '../scenarios/living-network.ts'
import { noBrowser, Visitor } from './browser.ts'
import { signIn } from './signed-in.ts'

// `npm run screenshots`: a picture of every screen of the menu, and of the first object of each list, out of a living network.
const folder = join(root, 'docs/screens')
/** How long the simulated network lives before anybody looks: postings are made, some things are late. */
const lifeMs = 60_000

if (noBrowser === undefined) await takeAll()
else {
  process.stderr.write(`${noBrowser}.\n`)
  process.exitCode = 1
}

async function takeAll(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const network = await LivingNetwork.start()
  try {
    const visitor = await Visitor.arrive(network.url, { draws: 'maps' })
    await visitor.page.setViewportSize({ width: 1280, height: 800 })
    await signIn(visitor, network.directory)
    await sleep(lifeMs)
    const taken = await takeScreens(visitor)
    await visitor.close()
    writeFileSync(join(folder, 'README.md'), overview(taken))
    process.stdout.write(`${taken.length} screens in docs/screens\n`)
  } finally {
    await network.stop()
  }
}

/** Screens by name, in the order of the menu; of each list also the page of its first row. */
async function takeScreens(visitor: Visitor): Promise<readonly string[]> {
  const { page } = visitor
  const links = page.getByRole('navigation').getByRole('link')
  const taken: string[] = []
  for (const name of await links.allTextContents()) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    await visitor.settled()
    // The dots are parts of the page, the land is drawn beneath them a moment later.
    if (name === 'Map') for (const part of ['.map-dot', '[data-land=drawn]']) await page.locator(part).first().waitFor()
    taken.push(await take(page, name))
    const first = page.locator('main a.row-link').first()
    if ((await first.count()) === 0) continue
    const list = new URL(page.url()).pathname
    const address = (await first.getAttribute('href')) ?? list
    if (new URL(address, page.url()).pathname === list) continue
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await visitor.settled()
    taken.push(await take(page, `${name}: one of them`))
  }
  return taken
}

async function take(page: Page, name: string): Promise<string> {
  await page.screenshot({ path: join(folder, fileOf(name)), type: 'jpeg', quality: 50 })
  return name
}

function fileOf(name: string): string {
  return `${name.toLowerCase().replaceAll(/\W+/g, '-')}.jpg`
}

function overview(taken: readonly string[]): string {
  const pictures = taken.map((name) => `## ${name}\n\n![${name}](${fileOf(name)})`)
  return `${[`<!-- ${generatedHead} -->`, '# Screens', 'Every screen of the control tower over the simulated network; `npm run screenshots` takes them again. What one does there: [the control tower](../guides/control-tower.md).', ...pictures].join('\n\n')}\n`
}
