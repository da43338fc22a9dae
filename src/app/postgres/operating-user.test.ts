import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { chooseUser, firstClosed, launchAs, readUsers } from './operating-user.ts'

const passwd =
  'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/bin/false\nnobody:x:65534:65533:nobody:/:/bin/false\nbroken line\n'
const users = readUsers(passwd)
const nobody = { name: 'nobody', uid: 65_534, gid: 65_533 }
const folder = mkdtempSync(join(tmpdir(), 'interline-user-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('as root, the database runs', () => {
  test('as nobody', () => expect(chooseUser(users, 0)).toEqual(nobody))
  test('as the owner of data that exists already', () => expect(chooseUser(users, 1)?.name).toBe('daemon'))
  test('as the first other user where there is no nobody', () => {
    expect(
      chooseUser(
        users.filter(({ name }) => name !== 'nobody'),
        0,
      )?.name,
    ).toBe('daemon')
  })
  test('not at all when the owner of the data is unknown to the machine', () => {
    expect(chooseUser(users, 999)).toBeUndefined()
    expect(chooseUser(readUsers('root:x:0:0::/:/bin/sh'), 0)).toBeUndefined()
  })
})

describe('the way to its files', () => {
  test('is open or names the outermost folder that is closed', () => {
    const closed = join(folder, 'closed')
    mkdirSync(join(closed, 'inner'), { recursive: true })
    chmodSync(folder, 0o711)
    chmodSync(closed, 0o711)
    expect(firstClosed(join(closed, 'inner'), nobody)).toBeUndefined()
    chmodSync(closed, 0o700)
    expect(firstClosed(join(closed, 'inner', 'deeper'), nobody)).toBe(closed)
  })

  test('decides how it is started', () => {
    chmodSync(folder, 0o711)
    mkdirSync(join(folder, 'open'), { recursive: true, mode: 0o755 })
    const open = join(folder, 'open', 'postgres')
    expect(launchAs(undefined, 'postgres', ['-D'], [open])).toEqual({ command: 'postgres', args: ['-D'] })
    expect(launchAs(nobody, 'postgres', ['-D'], [open])).toEqual({
      command: 'postgres',
      args: ['-D'],
      uid: 65_534,
      gid: 65_533,
    })
    chmodSync(join(folder, 'open'), 0o700)
    const launch = launchAs(nobody, 'postgres', ['-D'], [open])
    expect(launch.args.slice(-3)).toEqual(['--', 'postgres', '-D'])
    expect(launch.args).toContain('--reuid=65534')
  })
})
