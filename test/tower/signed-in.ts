import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Visitor } from './browser.ts'

/** The first administrator comes in by the link of the terminal and gives themselves a password. */
export async function signIn(visitor: Visitor, directory: string): Promise<void> {
  const { page } = visitor
  await page.goto(readFileSync(join(directory, 'welcome.link'), 'utf8').trim())
  await page.getByRole('checkbox').check()
  await page.getByLabel('Name').fill('Ada Berg')
  await page.getByLabel('E-mail address').fill('ada@example.com')
  await page.getByLabel('Password').fill('four green trams at dawn')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
}
