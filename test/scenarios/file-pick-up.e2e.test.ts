import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childEnvironment } from '../../src/app/environment.ts'
import { declareNetwork } from '../../src/sandbox/declaration.ts'
import { isFailure } from '../../src/transports/files/folder.ts'
import { loopbackLine } from '../../src/transports/loopback.contract.ts'
import { SftpFolder } from '../../src/transports/sftp/sftp-folder.ts'
import {
  freePort,
  type SshServer,
  sshServerMissing,
  startSshServer,
} from '../../src/transports/sftp/ssh-server.contract.ts'
import { eventually } from './living-network.ts'

const main = join(import.meta.dirname, '../../src/app/main.ts')

const password = 'a long pass phrase'

/** A hub that picks up a warehouse's files, and dies when it is told to. */
class PickingHub {
  readonly directory = mkdtempSync(join(tmpdir(), 'interline-picking-'))
  #child: ChildProcess | undefined
  #url = ''

  readonly mailboxPort: number

  constructor(server: SshServer, mailboxPort: number) {
    this.mailboxPort = mailboxPort
    chmodSync(this.directory, 0o755)
    const keyFile = join(this.directory, 'partner.key')
    writeFileSync(keyFile, server.privateKey, { mode: 0o600 })
    const { port, user, hostKey, root } = server
    const network = {
      connections: [
        { id: 'north', tenant: 'main', connector: 'generic-wms', settings: {}, allowedCidrs: ['127.0.0.0/8'] },
      ],
      pickUps: [
        {
          connection: 'north',
          protocol: 'sftp',
          host: '127.0.0.1',
          port,
          user,
          privateKeyFile: keyFile,
          hostKeys: [hostKey],
          path: root,
          names: ['*.csv'],
          companion: '.done',
          settledLooks: 1,
          everySeconds: 1,
          filesMost: 7,
        },
      ],
      mailboxes: [{ connection: 'north', user: 'north', password, names: ['*.csv'] }],
    }
    declareNetwork(this.directory, network)
  }

  async start(): Promise<void> {
    const environment = {
      ...childEnvironment(),
      INTERLINE_DATA_DIRECTORY: this.directory,
      INTERLINE_PORT: '0',
      INTERLINE_BALLAST_MEGABYTES: '0',
      INTERLINE_WATERMARK_PERCENT: '0',
      INTERLINE_WATERMARK_MEGABYTES: '0',
      INTERLINE_LEASE_SECONDS: '3',
      INTERLINE_MAILBOX_PORT: String(this.mailboxPort),
      INTERLINE_LOG_LEVEL: 'error',
    }
    const child = spawn(process.execPath, [main, 'start', '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const ready = await eventually(
      () => said.split('\n').find((line) => line.includes('"hub_ready"')) ?? '',
      (line) => line !== '',
    )
    this.#url = (JSON.parse(ready) as { url: string }).url
  }

  async die(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  async get<T>(path: string): Promise<T> {
    const key = readFileSync(join(this.directory, 'admin.key'), 'utf8').trim()
    const answer = await fetch(this.#url + path, { headers: { authorization: `Bearer ${key}` } })
    return (await answer.json()) as T
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child !== undefined && child.exitCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }
    rmSync(this.directory, { recursive: true, force: true })
  }
}

const header = 'counted,sku,location,status,quantity,uom,effective_at,document,line'

describe.skipIf(sshServerMissing)(`files of a warehouse behind SFTP (${sshServerMissing ?? 'sshd'})`, () => {
  let server: SshServer
  let hub: PickingHub
  beforeAll(async () => {
    server = await startSshServer()
    hub = new PickingHub(server, await freePort())
  })
  afterAll(async () => {
    await hub.stop()
    await server.stop()
  })

  test('a hub that dies again and again takes each file once, and puts each into the archive', {
    timeout: 180_000,
  }, async () => {
    const files = 60
    await mkdir(join(server.root, 'uploads'))
    const upload = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at++) {
        const row = `count,SKU-${at},NORTH-R1,available,${at + 1},EA,2026-04-01T21:00:00Z,CC-${at},1`
        await writeFile(join(server.root, 'uploads', `${at}`), `${header}\n${row}\n`)
        await rename(join(server.root, 'uploads', `${at}`), join(server.root, `count-${at}.csv`))
        await writeFile(join(server.root, `count-${at}.csv.done`), '')
      }
    }
    await writeFile(join(server.root, 'half.csv'), header)
    for (let life = 0; life < 4; life++) {
      await upload(life * 15, (life + 1) * 15)
      await hub.start()
      await sleep(1200 + life * 150)
      await hub.die()
    }
    await hub.start()
    const archived = await eventually(
      () => readdir(join(server.root, 'archive')),
      (names) => names.length === files,
    )
    expect(archived).toHaveLength(files)
    expect((await readdir(server.root)).filter((name) => name.endsWith('.csv') || name.endsWith('.done'))).toEqual([
      'half.csv',
    ])
    const balances = await eventually(
      () => hub.get<{ data: readonly { sku: string; quantity: string }[] }>('/v1/inventory/balances?limit=200'),
      ({ data }) => data.length === files,
    )
    expect(balances.data).toHaveLength(files)
    const accounting = await hub.get<Record<string, unknown>>('/v1/accounting')
    expect(accounting).toMatchObject({ received: files, unaccounted: 0 })
  })

  test('what a partner puts into its mailbox arrives: a count, then a complete snapshot that empties the rest', {
    timeout: 60_000,
  }, async () => {
    const login = {
      host: '127.0.0.1',
      port: hub.mailboxPort,
      user: 'north',
      password,
      legacyAlgorithms: false,
      timeoutMs: 5000,
    }
    const stranger = new SftpFolder({ ...login, hostKeys: [] }, loopbackLine, '/in')
    const refused: unknown = await stranger.list('').catch((error: unknown) => error)
    const shown = isFailure(refused, 'HOST_KEY_UNKNOWN') ? refused.message : ''
    const hostKey = /SHA256:\S+/.exec(shown)?.[0] ?? ''
    const box = new SftpFolder({ ...login, hostKeys: [hostKey] }, loopbackLine, '/in')
    const row = 'count,SKU-MAILED,NORTH-R1,available,7,EA,2026-04-01T21:00:00Z,CC-1000,1'
    await box.write('mailed.csv', new TextEncoder().encode(`${header}\n${row}\n`))
    const mailed = await eventually(
      () => hub.get<{ data: readonly { sku: string }[] }>('/v1/inventory/balances?limit=200'),
      ({ data }) => data.some(({ sku }) => sku === 'SKU-MAILED'),
    )
    expect(mailed.data.map(({ sku }) => sku)).toContain('SKU-MAILED')
    expect(await box.list('')).toEqual([])

    const complete = 'snapshot,SKU-0,NORTH-R1,available,9,EA,2026-04-02T21:00:00Z,SN-1,1,true'
    await box.write('everything.csv', new TextEncoder().encode(`${header},complete\n${complete}\n`))
    const left = await eventually(
      () => hub.get<{ data: readonly { sku: string; onHand: string }[] }>('/v1/inventory/balances?limit=200'),
      ({ data }) => data.filter(({ onHand }) => onHand !== '0').length === 1,
    )
    expect(left.data.filter(({ onHand }) => onHand !== '0')).toMatchObject([{ sku: 'SKU-0', onHand: '9' }])
    const { data } = await hub.get<{ data: readonly object[] }>('/v1/pick-ups')
    expect(data).toMatchObject([
      { connection: 'north', protocol: 'sftp', state: 'ok', waiting: 1 },
      { connection: 'north', protocol: 'mailbox', state: 'ok', taken: 2, waiting: 0 },
    ])
    await box.close()
  })
})
