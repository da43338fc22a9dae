import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectors } from '../../connectors/all.ts'
import { openConnection } from '../../flow/connection.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import { readDrop } from './drop-declaration.ts'
import { DropOutbound } from './drop-outbound.ts'

const connection = openConnection(
  { id: 'north', tenant: 'main', connector: 'generic-wms', settings: {} },
  { connectors, partitions: 1 },
)
const connections = new Map([['north', connection]])
const elsewhere: HttpResult = { outcome: 'not_sent', wire: false, code: 'ELSEWHERE' }

let folder: string
let outbound: DropOutbound
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interline-drop-'))
  outbound = new DropOutbound({
    others: { send: async () => elsewhere },
    drops: [readDrop({ connection: 'north', protocol: 'mailbox', user: 'north' }, connections, readFileSync)],
    isOwn: () => false,
    directory: folder,
    mono: () => 1000,
  })
})
afterEach(async () => {
  await outbound.close()
  await rm(folder, { recursive: true })
})

function request(changes: Partial<HttpRequest>): HttpRequest {
  const body = new TextEncoder().encode('ISA')
  const rest = {
    headers: {},
    timeoutMs: 1000,
    maxResponseBytes: 100,
    concurrency: 1,
    allowHttp: false,
    allowedCidrs: [],
  }
  return { url: 'drop:856%201.edi', method: 'PUT', pool: 'north', body, ...rest, ...changes }
}

describe('a document for a folder', () => {
  test('is put there once; the same again is fine, another one under that name is not', async () => {
    expect(await outbound.send(request({}))).toMatchObject({ outcome: 'answer', status: 201 })
    expect(await outbound.send(request({}))).toMatchObject({ outcome: 'answer', status: 200 })
    expect(await outbound.send(request({ body: new Uint8Array([1]) }))).toMatchObject({
      outcome: 'answer',
      status: 409,
    })
    const out = join(folder, 'mailboxes', 'north', 'out')
    expect(await readdir(out)).toEqual(['856 1.edi'])
    expect(await readFile(join(out, '856 1.edi'), 'utf8')).toBe('ISA')
  })

  test('can be looked up', async () => {
    expect(await outbound.send(request({ method: 'GET' }))).toMatchObject({ outcome: 'answer', status: 404 })
    await outbound.send(request({}))
    const found = await outbound.send(request({ method: 'GET' }))
    expect(found.outcome === 'answer' && new TextDecoder().decode(found.body)).toBe('ISA')
  })

  test('does not leave after its time, without a folder, or under a name that leads out', async () => {
    expect(await outbound.send(request({ startBefore: 1000 }))).toMatchObject({ outcome: 'not_sent', code: 'TOO_LATE' })
    expect(await outbound.send(request({ pool: 'south' }))).toMatchObject({
      outcome: 'not_sent',
      code: 'NO_DROP_DECLARED',
    })
    const escaping = request({ url: `drop:${encodeURIComponent('../../x')}` })
    expect(await outbound.send(escaping)).toMatchObject({ outcome: 'not_sent', code: 'NAME_REFUSED' })
  })
})

test('what is no file goes the way of everything else', async () => {
  expect(await outbound.send(request({ url: 'https://wms.example/x' }))).toBe(elsewhere)
})

test.each([
  [{ connection: 'none', protocol: 'folder', path: '/x' }, 'drop: there is no connection "none"'],
  [{ connection: 'north', protocol: 'ftp' }, 'protocol must be one of folder, sftp, ftps, mailbox'],
  [{ connection: 'north', protocol: 'folder', path: 'x' }, 'path: expected an absolute path'],
  [{ connection: 'north', protocol: 'mailbox' }, 'user: required'],
  ['text', 'drop: expected an object'],
])('%j is refused with its reason', (declared, reason) => {
  expect(() => readDrop(declared, connections, readFileSync)).toThrow(reason)
})
