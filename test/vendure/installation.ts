import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The folder with the packages of the shop, outside those of the hub; undefined where they are not installed, or other ones. */
export function findShopPackages(): string | undefined {
  const folder = join(root, '.peers/vendure')
  const done = join(folder, 'installed-package-lock.json')
  const wanted = readFileSync(join(import.meta.dirname, 'shop/package-lock.json'))
  return existsSync(done) && readFileSync(done).equals(wanted) ? folder : undefined
}

const notInstalled = 'Vendure 3.7 is not installed; npm run setup:vendure installs it'

/** Why tests with the real shop cannot run here; undefined where they can. */
export const vendureMissing: string | undefined = findShopPackages() === undefined ? notInstalled : undefined
