import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GnuPg, gnupgMissing } from './gnupg.contract.ts'
import { type KeyFile, KeyRing } from './key-ring.ts'

const content = new TextEncoder().encode('H0080001234LAMP-A  000004\r\n')
const strict = { encryption: 'required', signature: 'required', bytesMost: 10_000 } as const
const lenient = { ...strict, encryption: 'optional', signature: 'optional' } as const

function keyFile(path: string): KeyFile {
  return { name: path, bytes: readFileSync(path) }
}

beforeEach((context) => {
  if (gnupgMissing !== undefined) context.skip(gnupgMissing)
})

describe('messages of a partner with GnuPG', () => {
  let partner: GnuPg
  let us: GnuPg
  let ring: KeyRing
  let theirs: string
  let ours: string
  let locked: string
  let stranger: string
  let old: string

  beforeAll(() => {
    if (gnupgMissing !== undefined) return
    partner = new GnuPg()
    us = new GnuPg()
    ours = us.makeKey('hub')
    locked = us.makeKey('locked', { passphrase: 'open sesame' })
    theirs = partner.makeKey('partner')
    stranger = partner.makeKey('stranger')
    old = partner.makeKey('old', { expires: '1d', at: '20260101T000000' })
    partner.import(us.export(ours, 'public'))
    partner.import(us.export(locked, 'public'))
    us.import(partner.export(theirs, 'public'))
    ring = new KeyRing({
      own: [keyFile(us.export(ours, 'secret'))],
      passphrase: '',
      partner: [keyFile(partner.export(theirs, 'public')), keyFile(partner.export(old, 'public'))],
    })
  })
  afterAll(async () => {
    await ring?.close()
    partner?.remove()
    us?.remove()
  })

  const made = (...args: readonly string[]): Buffer => partner.run(args, content)

  test('a message that is signed and encrypted is opened, binary or armoured, compressed or not', async () => {
    for (const form of [[], ['--armor'], ['--compress-algo', 'none'], ['--compress-algo', 'zlib']])
      expect(
        Buffer.from(await ring.open(made(...form, '-u', theirs, '-r', ours, '--sign', '--encrypt'), strict)),
      ).toEqual(Buffer.from(content))
  })

  test('a signature beside a file is of its bytes and of the partner, or it does not count', async () => {
    const sign = (key: string, ...form: readonly string[]): Buffer => made(...form, '-u', key, '--detach-sign')
    for (const form of [[], ['--armor']]) await ring.verify(content, sign(theirs, ...form))
    const refusals: readonly (readonly [Uint8Array, Uint8Array, string])[] = [
      [content.slice(1), sign(theirs), 'PGP_SIGNATURE_BAD'],
      [content, sign(stranger), 'PGP_SIGNER_UNKNOWN'],
      [content, Buffer.from('no signature'), 'PGP_SIGNATURE_BAD'],
      [content, new Uint8Array(0), 'PGP_SIGNATURE_BAD'],
    ]
    for (const [signed, signature, code] of refusals)
      await expect(ring.verify(signed, signature)).rejects.toMatchObject({ code })
    // A whole message that the partner signed is not a signature of these bytes.
    await expect(ring.verify(Uint8Array.of(1), made('-u', theirs, '--sign'))).rejects.toThrow(/PGP_/)
    const ours2 = await ring.sign(content, { armor: true })
    writeFileSync(join(partner.home, 'ours.asc'), ours2)
    expect(() => partner.run(['--verify', join(partner.home, 'ours.asc'), '-'], content)).not.toThrow()
    expect(() => partner.run(['--verify', join(partner.home, 'ours.asc'), '-'], 'other')).toThrow()
  })

  test('what is sealed here is opened and verified there, and only with its key', async () => {
    const sealed = await ring.seal(content, { encrypt: true, sign: true, armor: false })
    expect(partner.run(['--status-fd', '2', '--decrypt'], sealed)).toEqual(Buffer.from(content))
    const armoured = await ring.seal(content, { encrypt: false, sign: true, armor: true })
    expect(Buffer.from(armoured).toString()).toContain('BEGIN PGP MESSAGE')
    expect(partner.run(['--decrypt'], armoured)).toEqual(Buffer.from(content))
    const nobody = new GnuPg()
    expect(() => nobody.run(['--decrypt'], sealed)).toThrow()
    nobody.remove()
  })

  test('a sealed message of ours is known again, and another one is told from it', async () => {
    const sealed = await ring.seal(content, { encrypt: true, sign: true, armor: false })
    expect(await ring.holds(sealed, content)).toBe(true)
    for (const other of [content.slice(5), Uint8Array.of(...content, 0)])
      expect(await ring.holds(sealed, other)).toBe(false)
    expect(await ring.holds(made('-r', theirs, '--encrypt'), content)).toBeUndefined()
  })

  test.each<[string, () => Uint8Array, string]>([
    ['no OpenPGP at all', () => content, 'PGP_NOT_A_MESSAGE'],
    ['nothing', () => new Uint8Array(), 'PGP_NOT_A_MESSAGE'],
    ['encrypted, not signed', () => made('-r', ours, '--encrypt'), 'PGP_UNSIGNED'],
    ['signed, not encrypted', () => made('-u', theirs, '--sign'), 'PGP_NOT_ENCRYPTED'],
    ['for another key', () => made('-u', theirs, '-r', stranger, '--sign', '--encrypt'), 'PGP_WRONG_KEY'],
    ['signed by somebody else', () => made('-u', stranger, '-r', ours, '--sign', '--encrypt'), 'PGP_SIGNER_UNKNOWN'],
    [
      'signed with a key that has expired',
      () => made('--faked-system-time', '20260101T060000', '-u', old, '--sign'),
      'PGP_KEY_EXPIRED',
    ],
    ['cut off', () => made('-u', theirs, '-r', ours, '--sign', '--encrypt').subarray(0, -20), 'PGP_DAMAGED'],
    [
      'changed in its signed text',
      () => {
        const text = made('-u', theirs, '--clear-sign').toString()
        return new TextEncoder().encode(text.replace('000004', '000400'))
      },
      'PGP_SIGNATURE_BAD',
    ],
  ])('%s is not taken', async (_, message, code) => {
    await expect(ring.open(message(), strict)).rejects.toMatchObject({ code })
  })

  test('signed by ourselves is not signed by the partner', async () => {
    const own = await ring.seal(content, { encrypt: true, sign: true, armor: false })
    await expect(ring.open(own, strict)).rejects.toMatchObject({ code: 'PGP_SIGNER_UNKNOWN' })
  })

  test('a message that was changed in any place is never taken', async () => {
    const whole = made('-u', theirs, '-r', ours, '--sign', '--encrypt', '--compress-algo', 'none')
    for (let at = whole.length - 60; at < whole.length; at += 7) {
      const harmed = Buffer.from(whole)
      harmed[at] = (harmed[at] ?? 0) ^ 0x10
      await expect(ring.open(harmed, lenient)).rejects.toMatchObject({
        code: expect.stringMatching(/^PGP_(DAMAGED|UNCLEAR|WRONG_KEY)$/),
      })
    }
  })

  test('where nothing is required plain files pass, and a wrong signature still does not', async () => {
    expect(await ring.open(content, lenient)).toEqual(content)
    expect(Buffer.from(await ring.open(made('-r', ours, '--encrypt'), lenient))).toEqual(Buffer.from(content))
    await expect(ring.open(made('-u', stranger, '--sign'), lenient)).rejects.toMatchObject({
      code: 'PGP_SIGNER_UNKNOWN',
    })
  })

  test('a small message with a large content is ended', async () => {
    const bomb = partner.run(['-u', theirs, '-r', ours, '--sign', '--encrypt'], Buffer.alloc(5_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    await expect(ring.open(bomb, strict)).rejects.toMatchObject({ code: 'PGP_TOO_LARGE' })
  })

  test('nothing is sealed for a key that has expired', async () => {
    const late = new KeyRing({ own: [], passphrase: '', partner: [keyFile(partner.export(old, 'public'))] })
    await expect(late.seal(content, { encrypt: true, sign: false, armor: false })).rejects.toMatchObject({
      code: 'PGP_KEY_EXPIRED',
    })
    await late.close()
  })

  test('a wrong passphrase and a file without a key are ours to repair, and say so', async () => {
    const own = [keyFile(us.export(locked, 'secret', 'open sesame'))]
    const message = made('-u', theirs, '-r', locked, '--sign', '--encrypt')
    const keys = { own, partner: [keyFile(partner.export(theirs, 'public'))] }
    const right = new KeyRing({ ...keys, passphrase: 'open sesame' })
    expect(Buffer.from(await right.open(message, strict))).toEqual(Buffer.from(content))
    await right.close()
    const wrong = new KeyRing({ ...keys, passphrase: 'wrong' })
    await expect(wrong.open(message, strict)).rejects.toMatchObject({ code: 'PGP_PASSPHRASE', isFinal: false })
    await wrong.close()
    const empty: KeyFile = { name: 'no-key', bytes: new TextEncoder().encode('no key') }
    for (const own of [empty, keyFile(partner.export(theirs, 'public'))]) {
      const none = new KeyRing({ own: [own], passphrase: '', partner: [] })
      await expect(none.open(content, strict)).rejects.toMatchObject({ code: 'PGP_KEY_UNUSABLE', isFinal: false })
    }
  })

  test('nothing of a key stays behind when a ring is closed', async () => {
    const mine = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith(`interline-pgp-${process.pid}-`))
    const before = mine()
    const one = new KeyRing({ own: [], passphrase: '', partner: [keyFile(partner.export(theirs, 'public'))] })
    await one.seal(content, { encrypt: true, sign: false, armor: false })
    const [home = ''] = mine().filter((name) => !before.includes(name))
    expect(existsSync(join(tmpdir(), home, 'pubring.kbx'))).toBe(true)
    await one.close()
    expect(mine()).toEqual(before)
  })
})

test.skipIf(process.getuid?.() !== 0)('what a process of another user left behind stops nobody', () => {
  const shared = mkdtempSync(join(tmpdir(), 'il-shared-'))
  const left = join(shared, 'interline-pgp-999999-x')
  try {
    chmodSync(shared, 0o1777)
    mkdirSync(left, { mode: 0o700 })
    writeFileSync(join(left, 'key'), '')
    const script = `const { KeyRing } = await import(${JSON.stringify(new URL('key-ring.ts', import.meta.url).href)})
      await new KeyRing({ own: [], partner: [], passphrase: '' }).sign(new Uint8Array(1), { armor: false }).catch(({ code }) => console.log(code))`
    const nobody = { uid: 65_534, gid: 65_534, cwd: '/', env: { TMPDIR: shared } }
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], nobody)
    expect([stdout.toString(), stderr.toString()]).toEqual(['PGP_KEY_UNUSABLE\n', ''])
    expect(existsSync(left)).toBe(true)
  } finally {
    rmSync(shared, { recursive: true })
  }
})
