import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectors } from '../../connectors/all.ts'
import { openConnection } from '../../flow/connection.ts'
import type { Arrival } from '../../flow/intake/arrival.ts'
import { GnuPg, gnupgMissing } from '../../transports/pgp/gnupg.contract.ts'
import { readDrop } from './drop-declaration.ts'
import { DropOutbound } from './drop-outbound.ts'
import { readPickUp } from './pick-up-declaration.ts'
import { type PickUpOptions, RunningPickUp } from './running-pick-up.ts'

const connection = openConnection(
  { id: 'north', tenant: 'main', connector: 'warehouse-files', settings: {} },
  { connectors, partitions: 1 },
)
const connections = new Map([['north', connection]])
const csv = 'asn_number,sku,quantity,uom\nASN-7,LAMP,40,EA\n'

beforeEach((context) => {
  if (gnupgMissing !== undefined) context.skip(gnupgMissing)
})

/** What one look takes in, and why it refuses the rest. */
async function pickedUp(
  settings: object,
): Promise<{ readonly arrived: readonly Arrival[]; readonly refused: readonly string[] }> {
  const arrived: Arrival[] = []
  const refused: string[] = []
  const signals = { filesPickedUp: () => {}, fileRefused: ({ reason }: { reason: string }) => refused.push(reason) }
  const options = {
    node: { place: { translate: [], ports: {}, clock: { mono: () => 0, wall: () => 0 } } },
    intake: {
      accept: async (arrival: Arrival) => {
        arrived.push(arrival)
        return { outcome: 'stored', id: 'msg_0-0' }
      },
    },
    signals,
    isOwn: () => false,
    abandonedMs: 1000,
  } as unknown as PickUpOptions
  const declared = { connection: 'north', protocol: 'folder', settledLooks: 1, ...settings }
  const pickUp = new RunningPickUp(
    { ...readPickUp(declared, connections, readFileSync), owner: 'test', everyMs: 0 },
    options,
  )
  await pickUp.round()
  await pickUp.close()
  return { arrived, refused }
}

describe('files of a partner who seals them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interline-sealed-'))
  let partner: GnuPg
  let us: GnuPg
  let theirs: string
  let ours: string
  let keys: { pgpOwnKeyFiles: string[]; pgpPartnerKeyFiles: string[] }

  beforeAll(() => {
    if (gnupgMissing !== undefined) return
    partner = new GnuPg()
    us = new GnuPg()
    theirs = partner.makeKey('partner')
    ours = us.makeKey('hub')
    partner.import(us.export(ours, 'public'))
    keys = { pgpOwnKeyFiles: [us.export(ours, 'secret')], pgpPartnerKeyFiles: [partner.export(theirs, 'public')] }
  })
  afterAll(() => {
    partner?.remove()
    us?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  test('are opened when they are picked up; what is not theirs is put away and told, and stops no other', async () => {
    const path = join(folder, 'in')
    mkdirSync(path)
    writeFileSync(join(path, 'asn.csv.pgp'), partner.run(['-u', theirs, '-r', ours, '--sign', '--encrypt'], csv))
    writeFileSync(join(path, 'open.csv'), csv)
    writeFileSync(join(path, 'unsigned.csv.pgp'), partner.run(['-r', ours, '--encrypt'], csv))
    const { arrived, refused } = await pickedUp({ path, ...keys })
    expect(
      arrived.map(({ body, headers, contentType }) => [new TextDecoder().decode(body), headers, contentType]),
    ).toEqual([[csv, { 'interline-file': 'asn.csv' }, 'text/csv']])
    expect(refused.toSorted()).toEqual(['PGP_NOT_A_MESSAGE', 'PGP_UNSIGNED'])
    expect(readdirSync(join(path, 'refused')).toSorted()).toEqual(['open.csv', 'unsigned.csv.pgp'])
    expect(readdirSync(join(path, 'archive'))).toEqual(['asn.csv.pgp'])
  })

  test('are taken with the signature that lies beside them, and ours go with one', async () => {
    const path = join(folder, 'beside')
    mkdirSync(path)
    const detached = { ...keys, pgpDetached: '.sig' }
    const outbound = new DropOutbound({
      others: { send: async () => ({ outcome: 'not_sent', wire: false, code: 'ELSEWHERE' }) },
      drops: [
        readDrop(
          { connection: 'north', protocol: 'folder', path, ...detached, pgpEncrypt: false },
          connections,
          readFileSync,
        ),
      ],
      isOwn: () => false,
      directory: folder,
      mono: () => 0,
    })
    const body = new TextEncoder().encode(csv)
    const request = {
      ...{ url: 'drop:ORD.csv', method: 'PUT', pool: 'north', headers: {}, timeoutMs: 1000, maxResponseBytes: 100 },
      ...{ concurrency: 1, allowHttp: false, allowedCidrs: [], body },
    } as const
    expect(await outbound.send(request)).toMatchObject({ status: 201 })
    await outbound.close()
    expect(readdirSync(path).toSorted()).toEqual(['ORD.csv', 'ORD.csv.sig'])
    expect(() => partner.run(['--verify', join(path, 'ORD.csv.sig'), join(path, 'ORD.csv')], '')).not.toThrow()
    rmSync(path, { recursive: true })
    mkdirSync(path)
    const sign = (text: string): Buffer => partner.run(['-u', theirs, '--detach-sign'], text)
    for (const [name, signed] of [
      ['right', csv],
      ['wrong', 'other'],
    ] as const) {
      writeFileSync(join(path, `${name}.csv`), csv)
      writeFileSync(join(path, `${name}.csv.sig`), sign(signed))
    }
    const { arrived, refused } = await pickedUp({ path, ...detached, pgpEncryption: 'optional', names: ['*.csv'] })
    expect(arrived.map(({ headers }) => headers)).toEqual([{ 'interline-file': 'right.csv' }])
    expect(refused).toEqual(['PGP_SIGNATURE_BAD'])
    expect(readdirSync(join(path, 'archive')).toSorted()).toEqual(['right.csv', 'right.csv.sig'])
    expect(readdirSync(join(path, 'refused')).toSorted()).toEqual(['wrong.csv', 'wrong.csv.sig'])
  })

  test('are sealed when they are dropped, once however often it is tried, and only the partner reads them', async () => {
    const path = join(folder, 'out')
    mkdirSync(path)
    const drops = [readDrop({ connection: 'north', protocol: 'folder', path, ...keys }, connections, readFileSync)]
    const outbound = new DropOutbound({
      others: { send: async () => ({ outcome: 'not_sent', wire: false, code: 'ELSEWHERE' }) },
      drops,
      isOwn: () => false,
      directory: folder,
      mono: () => 0,
    })
    const request = {
      url: 'drop:ORD.csv',
      method: 'PUT',
      pool: 'north',
      headers: {},
      timeoutMs: 1000,
      maxResponseBytes: 100,
      concurrency: 1,
      allowHttp: false,
      allowedCidrs: [],
    } as const
    const send = (text: string) => outbound.send({ ...request, body: new TextEncoder().encode(text) })
    expect(await send(csv)).toMatchObject({ status: 201 })
    expect(await send(csv)).toMatchObject({ status: 200 })
    expect(await send('other')).toMatchObject({ status: 409 })
    await outbound.close()
    expect(readdirSync(path)).toEqual(['ORD.csv.pgp'])
    partner.import(us.export(ours, 'public'))
    expect(partner.run(['--decrypt', join(path, 'ORD.csv.pgp')], '').toString()).toBe(csv)
  })

  test.each<[Record<string, unknown>, string]>([
    [{ pgpOwnKeyFiles: ['/nowhere'] }, '/nowhere'],
    [{ pgpPartnerKeyFiles: ['/dev/null'] }, 'pgpOwnKeyFiles: one is required'],
    [{ pgpOwnKeyFiles: ['/dev/null'], pgpEncryption: 'optional' }, 'pgpPartnerKeyFiles: one is required'],
    [{ pgpSign: true }, 'pgpSign'],
    [{ pgpPartnerKeyFiles: ['/dev/null'], pgpEncryption: 'optional', pgpDetached: 'sig' }, 'pgpDetached: expected'],
  ])('%j is refused with its reason', (pgp, reason) => {
    expect(() =>
      readPickUp({ connection: 'north', protocol: 'folder', path: '/x', ...pgp }, connections, readFileSync),
    ).toThrow(reason)
  })
})
