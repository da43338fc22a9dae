import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source-tree.ts'

/** One installed package, as the lockfile names it. */
export interface LockedPackage {
  /** Folder below the root: `node_modules/pg`. */
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly licence: string
  /** Ships with the hub; everything else is used only while developing. */
  readonly production: boolean
  readonly hasInstallScript: boolean
}

/** Every package of the lockfile. The licence comes from the lockfile, or from the package itself where that is silent. */
export function lockedPackages(): LockedPackage[] {
  const lockfile = readJson('package-lock.json') as { readonly packages: Readonly<Record<string, LockEntry>> }
  return (
    Object.entries(lockfile.packages)
      // Others are folders of this project.
      .filter(([folder, { link }]) => folder.includes('node_modules/') && link !== true)
      .map(([folder, entry]) => ({
        folder,
        name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
        version: entry.version,
        licence: entry.license ?? installedLicence(folder),
        production: entry.dev !== true && entry.devOptional !== true,
        hasInstallScript: entry.hasInstallScript === true,
      }))
  )
}

/** Licences that may ship. None of them asks our users for more than a notice. */
export const licencesAllowed: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]

/** Whether an SPDX expression can be met with allowed licences alone. */
export function isLicenceAllowed(expression: string): boolean {
  const alternatives = expression.replaceAll(/[()]/g, ' ').split(/\s+OR\s+/)
  return alternatives.some((one) => one.split(/\s+AND\s+/).every((licence) => licencesAllowed.includes(licence.trim())))
}

/** Compiled add-ons that were built on this machine: npm builds for the Node that runs npm, which need not be the one that runs the hub. */
export function builtAddOns(packages: readonly LockedPackage[]): string[] {
  return packages
    .map(({ folder }) => `${folder}/build`)
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.node'))
}

/** A JSON file of the repository, unread by any schema: the caller knows what it wrote. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

function installedLicence(folder: string): string {
  const manifest = join(root, folder, 'package.json')
  if (!existsSync(manifest)) return 'not installed'
  const { license, licenses } = JSON.parse(readFileSync(manifest, 'utf8')) as StatedLicence
  return license ?? (licenses?.map(({ type }) => type).join(' OR ') || 'none stated')
}

/** One SPDX expression, or the list of choices that older manifests hold. */
interface StatedLicence {
  readonly license?: string
  readonly licenses?: readonly { readonly type: string }[]
}

interface LockEntry {
  readonly version: string
  readonly license?: string
  readonly dev?: true
  readonly devOptional?: true
  readonly hasInstallScript?: true
  readonly link?: true
}
