import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { HubProcess } from '../hub-process.ts'
import { spawnHub } from '../spawned-hub.ts'
import { commandLine, type Ended } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-recover-'))
chmodSync(folder, 0o755)
const directory = join(folder, 'hub')
const keyFile = join(directory, 'admin.key')
let child: ChildProcess | undefined
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Recovery {
  readonly outcome: string
  readonly id: string
  readonly text: string
}

function cli(args: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return commandLine(args.split(' '), { INTERLINE_DATA_DIRECTORY: directory, ...more })
}
const rowsOf = ({ out }: Ended): object[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
async function recover(more?: Readonly<Record<string, string>>): Promise<Recovery> {
  const ended = await cli('--json key recover', more)
  expect(ended).toMatchObject({ code: 0, error: '' })
  return rowsOf(ended)[0] as Recovery
}
const keyOf = (path: string): string => readFileSync(path, 'utf8').trim()

async function start(): Promise<void> {
  const spawned = spawnHub(directory, {})
  child = spawned.child
  await spawned.url
}
async function stop(): Promise<void> {
  if (child?.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

describe('whoever lost every key makes another one on the machine of the hub', { timeout: 120_000 }, () => {
  test('a folder without a hub is left as it is', async () => {
    const { code, error } = await cli('--json key recover')
    expect({ code, isThere: existsSync(directory) }).toEqual({ code: 1, isThere: false })
    expect(error).toContain('HUB_NOT_HERE')
  })

  test('a key that still counts stays, and nothing is made', async () => {
    await start()
    const first = keyOf(keyFile)
    expect(await recover()).toMatchObject({ outcome: 'not needed' })
    expect(keyOf(keyFile)).toBe(first)
  })

  test('while the hub runs, it counts at once, and the audit log tells of it', async () => {
    const first = keyOf(keyFile)
    rmSync(keyFile)
    const { id, text } = await recover()
    expect([keyOf(keyFile), text === first]).toEqual([text, false])
    const keys = rowsOf(await cli('--json key list')) as { id: string; scopes: string[] }[]
    expect(keys.find((key) => key.id === id)?.scopes).toEqual(['*'])
    // Nobody's key ends by it: whoever still has the first one does.
    expect((await cli('--json key list', { INTERLINE_KEY: first })).code).toBe(0)
    expect(rowsOf(await cli('--json audit --kind key'))).toContainEqual(
      expect.objectContaining({ actor: 'interline key recover', change: 'create', name: id }),
    )
    // The recovered one last: it is what ends them.
    for (const { id: lost } of keys.toSorted((a, b) => Number(a.id === id) - Number(b.id === id)))
      expect((await cli(`key revoke ${lost} --yes`)).code).toBe(0)
  })

  test('while it is stopped, too, and the next start knows it', async () => {
    await stop()
    const lost = keyOf(keyFile)
    const { text } = await recover()
    expect([keyOf(keyFile), text === lost]).toEqual([text, false])
    await start()
    expect((await cli('key list')).code).toBe(0)
  })

  test('with a database of the operator, it is made in that', async () => {
    const hub = await HubProcess.start()
    try {
      const { text } = await recover({
        INTERLINE_DATABASE_URL: hub.databaseUrl,
        INTERLINE_DATA_DIRECTORY: join(folder, 'elsewhere'),
      })
      const answer = await hub.call('GET', '/v1/keys', { headers: { authorization: `Bearer ${text}` } })
      expect(answer.status).toBe(200)
    } finally {
      await hub.stop()
    }
  })
})
