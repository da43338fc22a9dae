import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifestErrors } from '../../base/errors/manifest.ts'
import { errors } from '../../base/errors.ts'
import { makeIdentity } from '../../transports/as2/identity.contract.ts'
import { shopsAlike, sourceOf, wholePartner } from './harbor.contract.ts'
import { readManifestDocument } from './manifest-document.ts'
import { readManifestFolder } from './manifest-file.ts'
import { readNetwork } from './network.ts'
import { Problems } from './problem.ts'
import { Secrets } from './secrets.ts'
import type { Source } from './sections.ts'

const directory = mkdtempSync(join(tmpdir(), 'interline-network-'))
const now = Date.parse('2026-06-01T00:00:00Z')
const dayMs = 86_400_000
const [own, theirs, over] = [
  makeIdentity('WE', { validFrom: now - dayMs, validTo: now + 90 * dayMs }),
  makeIdentity('HARBOR', { validFrom: now - dayMs, validTo: now + 90 * dayMs }),
  makeIdentity('HARBOR OLD', { validFrom: now - 90 * dayMs, validTo: now - dayMs }),
]
beforeAll(() => {
  mkdirSync(join(directory, 'secrets'))
  writeFileSync(join(directory, 'secrets', 'own.pem'), own.certificatePem + own.keyPem)
  writeFileSync(join(directory, 'secrets', 'token'), 'a token\n')
})
afterAll(() => rmSync(directory, { recursive: true }))

const whole = wholePartner(theirs.certificatePem)

function read(
  files: Readonly<Record<string, string>>,
  more: { readonly isApplied?: boolean; readonly others?: readonly Source[] } = {},
): ReturnType<typeof readNetwork> {
  const secrets = new Secrets(join(directory, 'secrets'), { INTERLINE_SECRET_HARBOR: 'from the environment' })
  const { isApplied = true, others = [] } = more
  return readNetwork([...others, sourceOf(files)], { secrets, now, isApplied, partitions: 4, claimSeconds: 60 })
}

/** `code file:line` of everything that is wrong. */
function problems(files: Readonly<Record<string, string>>, more: Parameters<typeof read>[1] = {}): readonly string[] {
  return read(files, more).problems.map(({ code, file, line }) => `${code} ${file}:${line}`)
}

/** The whole network with one text replaced. */
function but(from: string, to: string, file = 'harbor/partner.yaml'): Readonly<Record<string, string>> {
  const text = whole[file] ?? ''
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
  return { ...whole, [file]: text.replace(from, to) }
}

describe('a network as files', () => {
  test('is read whole: partner, connection, agreement, overlay, certificates', () => {
    const { network, problems: found } = read(whole)
    expect(found).toEqual([])
    const [partner] = network.partners
    expect(partner).toMatchObject({ id: 'harbor', role: '3pl', sla: { quietDays: 3 }, connections: ['harbor'] })
    const { settings } = network.connections.get('harbor') ?? {}
    expect(settings).toMatchObject({
      token: 'a token',
      partnerId: 'HARBOR',
      severities: ['code.unknown=warn', 'L4=reject'],
      overlays: [{ name: 'harbor-945', level: 'partner' }],
    })
    expect(network.as2Partners[0]?.certificates[0]?.isValidAt(now)).toBe(true)
  })

  test('of the guide is right, and its overlay passes its sample', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/partners.md'), 'utf8')
    const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
    const of = (text: string): string => blocks.find((one) => one.includes(text)) ?? ''
    const environment = { INTERLINE_SECRET_HARBOR_SFTP: 'a password' }
    const carrier = 'W27*M*HRBR*TRUCK~LX*1~'
    const files = {
      'harbor/partner.yaml': of('partner.yaml'),
      'harbor/945.yaml': of('945.yaml'),
      'harbor/samples/945.edi': (whole['harbor/samples/945.edi'] ?? '')
        .replace('LX*1~', carrier)
        .replace('SE*6', 'SE*7'),
    }
    const { network, problems: found } = readNetwork([sourceOf(files)], {
      secrets: new Secrets(join(directory, 'secrets'), environment),
      now,
      isApplied: true,
      partitions: 4,
      claimSeconds: 60,
    })
    expect(found).toEqual([])
    expect(network.pickUps).toHaveLength(1)
    expect(network.drops).toHaveLength(1)
  })

  test('may be JSON, and codes stay what they are', () => {
    const json = {
      connections: [{ id: 'wms', connector: 'generic-wms', settings: { colour: '007' }, timeoutSeconds: 5 }],
    }
    const { network, problems: found } = read({ 'network.json': JSON.stringify(json) })
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('colour')])
    const yaml = 'connections:\n  - {id: edi, connector: edi-partner, settings: {partnerId: 0070, ownId: no}}'
    const { settings } = read({ 'a.yaml': yaml }).network.connections.get('edi') ?? {}
    expect(settings).toMatchObject({ partnerId: '0070', ownId: 'no' })
    expect(network.connections.size).toBe(0)
  })

  test('keeps numbers as numbers where a setting takes a whole document', () => {
    const form = '{kind: stock, format: csv, skip: 2, fields: [{name: sku, column: "007"}]}'
    const place = readManifestDocument({ path: 'a', bytes: Buffer.from(`files: ${form}`) }, new Problems())?.place
    expect(place?.typed()).toEqual({
      files: { kind: 'stock', format: 'csv', skip: 2, fields: [{ name: 'sku', column: '007' }] },
    })
  })

  test('takes secrets from the environment, too', () => {
    const { network } = read(but('{file: token}', '{env: HARBOR}'))
    expect(network.connections.get('harbor')?.settings['token']).toBe('from the environment')
  })

  test('has two certificates during a roll-over, and the first that is valid counts', () => {
    const next = makeIdentity('HARBOR NEXT', { validFrom: now + dayMs, validTo: now + 400 * dayMs })
    const files = { ...but('[harbor.crt]', '[harbor.crt, next.crt]'), 'harbor/next.crt': next.certificatePem }
    const { network, problems: found } = read(files)
    expect(found).toEqual([])
    expect(network.as2Partners[0]?.certificates).toHaveLength(2)
  })

  test('goes on with a certificate that expired after it was applied', () => {
    const expired = { ...whole, 'harbor/harbor.crt': over.certificatePem }
    expect(problems(expired)).toEqual([`MANIFEST_CERTIFICATE_EXPIRED ${placeOf(whole, 'certificateFiles')}`])
    expect(problems(expired, { isApplied: false })).toEqual([])
  })
})

/** Where in the partner's manifest a text stands. */
function placeOf(files: Readonly<Record<string, string>>, text: string): string {
  const line = (files['harbor/partner.yaml'] ?? '').split('\n').findIndex((one) => one.includes(text))
  return `harbor/partner.yaml:${line + 1}`
}

/** Code, what is wrong, the files, and where: `file:line`, or a text of the partner's manifest. */
const planted: readonly (readonly [keyof typeof manifestErrors, string, Readonly<Record<string, string>>, string])[] = [
  [
    'MANIFEST_CERTIFICATE_EXPIRED',
    'a certificate that is over',
    { ...whole, 'harbor/harbor.crt': over.certificatePem },
    'certificateFiles',
  ],
  [
    'MANIFEST_CERTIFICATE_INVALID',
    'a file that is no certificate',
    { ...whole, 'harbor/harbor.crt': 'no certificate' },
    'certificateFiles',
  ],
  [
    'MANIFEST_DUPLICATE',
    'a connection twice',
    { ...whole, 'b.yaml': 'connections:\n  - {id: harbor, connector: generic-wms}' },
    'b.yaml:2',
  ],
  ['MANIFEST_DUPLICATE', 'a partner twice', { ...whole, 'z.yaml': 'partner: {id: harbor, name: Another}' }, 'z.yaml:1'],
  [
    'MANIFEST_DUPLICATE',
    'a setting in connection and agreement',
    but('token: {file: token}', 'partnerId: HARBOR'),
    'partnerId: HARBOR',
  ],
  ['MANIFEST_FILE_MISSING', 'a certificate that is not there', but('[harbor.crt]', '[none.crt]'), '[none.crt]'],
  [
    'MANIFEST_FILE_MISSING',
    'a sample that is not there',
    but('[samples/945.edi]', '[samples/946.edi]'),
    '[samples/946.edi]',
  ],
  ['MANIFEST_FILE_MISSING', 'a file outside of the folder', but('[harbor.crt]', '[../../etc/passwd]'), 'etc/passwd'],
  ['MANIFEST_KEY_MISSING', 'a partner without a name', but('  name: Harbor Fulfilment\n', ''), 'partner:'],
  [
    'MANIFEST_KEY_MISSING',
    'a pick-up without a protocol',
    { ...whole, 'p.yaml': 'pickUps:\n  - connection: harbor' },
    'p.yaml:2',
  ],
  [
    'MANIFEST_KEY_MISSING',
    'an overlay without samples',
    but(
      '  samples:\n    - file: samples/945.edi\n      verdicts: [partner.segment_required W27]\n',
      '',
      'harbor/945.yaml',
    ),
    'harbor/945.yaml:2',
  ],
  ['MANIFEST_KEY_UNKNOWN', 'a misspelt section', but('agreements:', 'agreement:'), 'agreement:'],
  ['MANIFEST_KEY_UNKNOWN', 'a misspelt key', but('  role:', '  rôle:'), 'rôle'],
  ['MANIFEST_KEY_UNKNOWN', 'a misspelt setting', but('    partnerId:', '    partnerid:'), 'partnerid'],
  ['MANIFEST_KEY_UNKNOWN', 'a verdict that does not exist', but('code.unknown', 'code.unheard'), 'code.unheard'],
  [
    'MANIFEST_OVERLAY_INVALID',
    'a place that the set does not have',
    but('W27: {', 'S5: {', 'harbor/945.yaml'),
    'harbor/945.yaml:2',
  ],
  [
    'MANIFEST_OVERLAY_INVALID',
    'a level that is none',
    but('level: partner', 'level: world', 'harbor/945.yaml'),
    'harbor/945.yaml:5',
  ],
  [
    'MANIFEST_REFERENCE_UNKNOWN',
    'a connector that does not exist',
    but('connector: edi-partner', 'connector: edi'),
    'connector: edi',
  ],
  [
    'MANIFEST_REFERENCE_UNKNOWN',
    'an agreement about no connection',
    but('  - connection: harbor\n    partnerId', '  - connection: harbour\n    partnerId'),
    'harbour',
  ],
  ['MANIFEST_REFERENCE_UNKNOWN', 'an overlay that does not exist', but('[harbor-945]', '[harbor-946]'), 'harbor-946'],
  [
    'MANIFEST_VALUE_INVALID',
    'a route for a command that nobody does',
    { ...whole, 'r.yaml': 'routes:\n  - {command: fly, target: harbor}' },
    'r.yaml:2',
  ],
  [
    'MANIFEST_VALUE_INVALID',
    'a set that nobody knows',
    but('    group: "997"', '    receives: ["941"]'),
    'receives: ["941"]',
  ],
  [
    'MANIFEST_VALUE_INVALID',
    'a version that the set does not have',
    but('    group: "997"', '    sends: [940@003060]'),
    'sends: [940@003060]',
  ],
  [
    'MANIFEST_VALUE_INVALID',
    'a time for the answer to a set that is not answered',
    but('    group: "997"', '    responseMinutes: {"997": 60}'),
    'responseMinutes',
  ],
  [
    'MANIFEST_VALUE_INVALID',
    'a route to a document that is not agreed',
    {
      ...but('    group: "997"', '    sends: ["943"]'),
      'r.yaml': 'routes:\n  - {command: release_delivery, target: harbor}',
    },
    'r.yaml:2',
  ],
  [
    'MANIFEST_REFERENCE_UNKNOWN',
    'a drop into no mailbox',
    { ...whole, 'd.yaml': 'drops:\n  - {connection: harbor, protocol: mailbox, user: nobody}' },
    'd.yaml:2',
  ],
  [
    'MANIFEST_SAMPLE_FAILED',
    'a sample that is judged otherwise',
    but('verdicts: [partner.segment_required W27]', 'verdicts: []', 'harbor/945.yaml'),
    'harbor/945.yaml:11',
  ],
  ['MANIFEST_SECRET_MISSING', 'a variable that is not set', but('{file: token}', '{env: NOBODY}'), 'NOBODY'],
  [
    'MANIFEST_SECRET_MISSING',
    'a file outside of the secrets',
    but('{file: token}', '{file: ../network.test}'),
    '../network.test',
  ],
  ['MANIFEST_SECRET_SHOWN', 'a secret as text', but('{file: token}', 'hunter2'), 'hunter2'],
  [
    'MANIFEST_SECRET_SHOWN',
    'a private key among the files',
    { ...whole, 'harbor/own.pem': own.keyPem },
    'harbor/own.pem:1',
  ],
  ['MANIFEST_UNREADABLE', 'a file that is no YAML', but('partner:\n', 'partner: [\n'), 'id: harbor'],
  ['MANIFEST_UNREADABLE', 'a key twice', but('  role: 3pl', '  role: 3pl\n  role: carrier'), 'role: carrier'],
  ['MANIFEST_UNREADABLE', 'an alias', but('  role: 3pl', '  role: &role 3pl\n  notes: *role'), 'harbor/partner.yaml:1'],
  ['MANIFEST_VALUE_INVALID', 'a number that is none', but('quietDays: 3', 'quietDays: three'), 'quietDays: three'],
  [
    'MANIFEST_VALUE_INVALID',
    'a list where keys belong',
    but('    settings:\n', '    settings: [a]\n    polling:\n'),
    'settings: [a]',
  ],
  ['MANIFEST_VALUE_INVALID', 'an answer that does not exist', but('group: "997"', 'group: "998"'), '"998"'],
  [
    'MANIFEST_VALUE_INVALID',
    'the tenant of somebody else',
    but('    connector:', '    tenant: other\n    connector:'),
    'tenant: other',
  ],
  ['MANIFEST_VALUE_INVALID', 'an AS2 name that is none', but('ourName: MERIDIAN', 'ourName: MERIDIÄN'), 'MERIDIÄN'],
  ['MANIFEST_SHOPS_ALIKE', 'two shops that count alike', { 'shops.yaml': shopsAlike }, 'shops.yaml:3'],
]

describe('what is wrong is said with its code and its line', () => {
  test.each(planted)('%s: %s', (code, _, files, place) => {
    const found = read(files).problems
    const wanted = /\.\w+:\d+$/.test(place) ? place : placeOf(files, place)
    expect(found.map((one) => `${one.code} ${one.file}:${one.line}`)).toContain(`${code} ${wanted}`)
    for (const one of found) expect(one.nextAction).toBe(errors[one.code].hint)
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  test('every code is planted, but those about the folder itself', () => {
    const codes = new Set(planted.map(([code]) => code))
    const folder = ['MANIFEST_FOLDER_UNREADABLE', 'MANIFEST_TOO_LARGE']
    expect(Object.keys(manifestErrors).filter((code) => !codes.has(code as never))).toEqual(folder)
    expect(() => readManifestFolder(join(directory, 'none'))).toThrow('cannot be read')
    const large = join(directory, 'large')
    mkdirSync(large)
    writeFileSync(join(large, 'large.yaml'), Buffer.alloc(1024 * 1024 + 1, 35))
    expect(() => readManifestFolder(large)).toThrow('large.yaml has 1048577 bytes')
  })

  test('all at once, not one after the other', () => {
    const files = {
      ...but('quietDays: 3', 'quietDays: three'),
      'b.yaml': 'routes:\n  - {command: fly, target: nowhere, colour: red}\nconnection: []',
    }
    expect(problems(files)).toEqual([
      'MANIFEST_KEY_UNKNOWN b.yaml:2',
      'MANIFEST_REFERENCE_UNKNOWN b.yaml:2',
      'MANIFEST_KEY_UNKNOWN b.yaml:3',
      `MANIFEST_VALUE_INVALID ${placeOf(whole, 'quietDays')}`,
    ])
  })

  test('no text of a partner brings it down, and what it says is always one of the codes', () => {
    const words = [
      'partner',
      'connections',
      ':',
      '-',
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '!!js',
      '\n',
      '  ',
      'id',
      'edi-partner',
      '"',
      '#',
      '0',
      '\u0000',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => {
        for (const { code, line } of read({ 'a.yaml': parts.join('') }).problems) {
          expect(code).toMatch(/^MANIFEST_/)
          expect(line).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
    expect(problems({ 'deep.yaml': `a: ${'['.repeat(200_000)}` })).toEqual([
      expect.stringContaining('MANIFEST_UNREADABLE'),
    ])
  })
})

describe('processes', () => {
  const wanted = (text: string) => ({ ...whole, 'processes.yaml': text })
  test('are wanted by tenant, with what is set otherwise than usual', () => {
    const { network, problems: found } = read(
      wanted(
        'processes:\n  - process: procure-to-receive\n    policy:\n      awaitsPutaway: false\n      dockToStockMinutes: 90\n',
      ),
    )
    expect(found).toEqual([])
    expect([...network.policies]).toEqual([
      ['procure-to-receive main', { awaitsPutaway: false, dockToStockMinutes: 90 }],
    ])
  })
  test('that nobody knows, policies that they do not have, and one that comes twice are refused', () => {
    const text =
      'processes:\n  - process: teleport\n  - process: procure-to-receive\n    policy:\n      dockMinutes: 90\n  - process: procure-to-receive\n'
    expect(problems(wanted(text))).toEqual([
      'MANIFEST_VALUE_INVALID processes.yaml:2',
      'MANIFEST_KEY_UNKNOWN processes.yaml:5',
      'MANIFEST_DUPLICATE processes.yaml:6',
    ])
  })
})
