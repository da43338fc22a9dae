import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { InterlineError } from '../../base/errors.ts'

/** Another user than ours, under whom the database runs. */
export interface OperatingUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** A program to start, under the right user. */
export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

/**
 * PostgreSQL refuses to run as root. As root it gets the owner of data that exists already, else `nobody`, else the first other user
 * of the machine. (It must be a user that the machine knows: initdb looks its name up.) Undefined when we are not root.
 */
export async function operatingUser(dataDirectory: string): Promise<OperatingUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = existsSync(dataDirectory) ? statSync(dataDirectory).uid : 0
  const users = readUsers(await readFile('/etc/passwd', 'utf8'))
  const chosen = chooseUser(users, owner)
  if (chosen === undefined) throw new InterlineError('DATABASE_USER_MISSING', { uid: owner })
  return chosen
}

/** The rule of `operatingUser`; `owner` is the uid of the data, 0 where there is none yet. */
export function chooseUser(users: readonly OperatingUser[], owner: number): OperatingUser | undefined {
  if (owner !== 0) return users.find(({ uid }) => uid === owner)
  return users.find(({ name, uid }) => name === 'nobody' && uid !== 0) ?? users.find(({ uid }) => uid !== 0)
}

/** Users of /etc/passwd, in its order; lines that are none are passed over. */
export function readUsers(passwd: string): OperatingUser[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    if (name === undefined || !/^\d+$/.test(uid ?? '') || !/^\d+$/.test(gid ?? '')) return []
    return [{ name, uid: Number(uid), gid: Number(gid) }]
  })
}

/**
 * How to start `command` as `user` when it and its data lie at `paths`. A clone below /root (0700) is closed to everybody else;
 * there setpriv lets the database pass through closed folders, and nothing more. Throws DATABASE_PATH_CLOSED when that is not possible.
 */
export function launchAs(
  user: OperatingUser | undefined,
  command: string,
  args: readonly string[],
  paths: readonly string[],
): Launch {
  if (user === undefined) return { command, args }
  const closed = paths.map((path) => firstClosed(path, user)).find((path) => path !== undefined)
  if (closed === undefined) return { command, args, uid: user.uid, gid: user.gid }
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
  if (setpriv === undefined) throw new InterlineError('DATABASE_PATH_CLOSED', { user: user.name, path: closed })
  // access(2) drops capabilities of other users than root unless no_setuid_fixup is set, and initdb asks it about its own program.
  const rights = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search']
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  return { command: setpriv, args: [...identity, ...rights, '--', command, ...args] }
}

/** The outermost folder on the way to `path` that `user` may not pass; undefined when the way is open. */
export function firstClosed(path: string, user: OperatingUser): string | undefined {
  const above = dirname(path)
  const outer = above === path ? undefined : firstClosed(above, user)
  if (outer !== undefined || above === path) return outer
  const { mode, uid, gid } = statSync(above)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  return (mode & bit) === 0 ? above : undefined
}
