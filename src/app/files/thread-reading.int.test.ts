import { createHash } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { group, set, x12 } from '../../../test/edi/interchanges.ts'
import { connectors } from '../../connectors/all.ts'
import { type Connection, openConnection } from '../../flow/connection.ts'
import { type LargeReading, PieceReading } from '../../flow/intake/large-reading.ts'
import { ThreadReading } from './thread-reading.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interline-reading-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function connectionOf(connector: string, settings: Readonly<Record<string, unknown>> = {}): Connection {
  return openConnection({ id: 'partner', tenant: 'main', connector, settings }, { connectors, partitions: 1 })
}

/** The same file, read by a thread and read here. */
function readings(text: string, connection: Connection): readonly LargeReading[] {
  const path = join(folder, 'some')
  writeFileSync(path, text)
  const about = { connection, name: 'some.csv', contentType: 'text/plain' }
  const hash = () => {
    const running = createHash('sha256')
    return { update: (piece: Uint8Array) => void running.update(piece), digest: () => running.digest('hex') }
  }
  return [
    new ThreadReading({ ...about, source: { path } }),
    new PieceReading({ ...about, open: () => createReadStream(path), hash }),
  ]
}

/** All that is found, in the order in which the hub asks for it. */
async function found(reading: LargeReading): Promise<unknown> {
  try {
    const file = await reading.judge()
    const parts: unknown[] = []
    for (let some = await reading.next(7); some.length > 0; some = await reading.next(7))
      parts.push(...some.map(({ bytes, ...part }) => ({ ...part, text: Buffer.from(bytes).toString() })))
    const hashes = await reading.hashes()
    const stored = { message: 'msg_0-0', connection: 'partner', contentHash: hashes[0] ?? '', receivedAt: 0 }
    return { file, parts, hashes, receipt: await reading.receipt(0, stored) }
  } finally {
    await reading.close()
  }
}

const statuses = (count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    set({
      number: `${10_001 + at}`,
      ...(at === 5 ? { segmentsDeclared: '99' } : {}),
      // A status code that no table knows.
      body: [
        `B10*PRO${at}*BOL${at}*MRDN`,
        'LX*1',
        `AT7*${at === 9 ? 'ZQ' : 'X3'}*NS***20260114*0815*LT`,
        'MS1*GHENT*OV*BE',
      ],
    }),
  )
const head = 'movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line'
const rows = Array.from(
  { length: 300 },
  (_, at) => `receipt,LAMP,${at === 200 ? 'five' : '4'},EA,2026-04-01T09:00:00Z,NORTH,receipt,R${at},1`,
)

describe('a large file that is read in a thread', () => {
  test.each([
    ['an interchange', x12({ groups: [group({ sets: statuses(200) })] }), connectionOf('edi-partner')],
    ['rows', [head, ...rows].join('\n'), connectionOf('warehouse-files', { badRows: 'park_rows' })],
    ['rows of which all must be right', [head, ...rows].join('\n'), connectionOf('warehouse-files')],
  ])('says what it says when it is read here: %s', async (_, text, connection) => {
    const [there, here] = await Promise.all(readings(text, connection).map(found))
    expect(there).toEqual(here)
    expect(JSON.stringify(there).length).toBeGreaterThan(1000)
  })

  test('is refused for the same reason', async () => {
    const [there] = readings('Dear partner, '.repeat(10_000), connectionOf('edi-partner'))
    if (there === undefined) throw new Error('there is one')
    await expect(found(there)).rejects.toMatchObject({ code: 'EDI_INTERCHANGE_MISSING', flow: expect.any(String) })
  })

  test('may cost its thread the memory, and nobody else anything', async () => {
    const path = join(folder, 'hungry')
    writeFileSync(path, x12({ groups: [group({ sets: statuses(40_000) })] }))
    const about = { connection: connectionOf('edi-partner'), name: 'hungry.edi', contentType: 'text/plain' }
    const reading = new ThreadReading({ ...about, source: { path }, memoryMegabytes: 8 })
    await expect(reading.judge()).rejects.toMatchObject({ code: 'READER_LOST' })
    await expect(reading.next(1)).rejects.toMatchObject({ code: 'READER_LOST' })
    await reading.close()
  })
})
