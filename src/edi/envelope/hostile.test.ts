import { expect, test } from 'vitest'
import { damaged, seeded } from '../../../test/edi/damage.ts'
import { bytesOf, edifact, group, message, set, x12 } from '../../../test/edi/interchanges.ts'
import { record } from '../../../test/edi/recorder.ts'

const image = `~*>IEA${'\n'.repeat(9)}`
const files: Readonly<Record<string, Uint8Array>> = {
  x12: bytesOf(`\ufeff${x12()}\r\n\r\n${x12({ number: '000000906', asks: '1' })}`),
  lines: bytesOf(x12({ terminator: '\r\n', element: '|' })),
  wide: Buffer.from(`\ufeff${x12({ groups: [group({ sets: [set({ body: ['K1*GÄNT…€'] })] })] })}`, 'utf16le'),
  wrapped: bytesOf(x12().replace(/(.{80})/g, '$1\r\n')),
  ellipsis: bytesOf(x12({ terminator: '…', component: '¦' })),
  binary: bytesOf(
    x12({ groups: [group({ sets: [set({ body: ['LX*1', `BIN*${image.length}*${image}`, 'BIN*3*ABCDE'] })] })] }),
  ),
  edifact: bytesOf(`${edifact({ una: "UNA:+.? '" })}\n${edifact({ syntax: 'UNOC:4', number: 'B' })}`),
  bare: bytesOf(message({ body: ["FTX+AAI+++A??'B?'C?+D"] })),
  stray: bytesOf(`noise UNB noise ISA*\n${edifact()}& more ${x12()} and more`),
  faulty: bytesOf(x12().replace(/GE\*1\*41~/, '') + x12().slice(0, 300)),
  long: bytesOf(x12({ groups: [group({ sets: [set({ body: [`K1*${'X*'.repeat(300)}`] })] })] })),
}

for (const [name, bytes] of Object.entries(files))
  test(`${name}: cut in two at any byte, the file tells the same`, () => {
    const options = { segmentBytesMax: 400 }
    const whole = record(bytes, [], options)
    expect(whole.segments.length).toBeGreaterThan(2)
    for (let cut = 1; cut < bytes.length; cut++) expect(record(bytes, [cut], options), `cut at ${cut}`).toEqual(whole)
    const all = Array.from({ length: bytes.length }, (_, at) => at)
    expect(record(bytes, all, options), 'byte by byte').toEqual(whole)
  })

for (const [name, bytes] of Object.entries(files))
  test(`${name}: damaged at random, the file is read to its end and told the same in pieces`, () => {
    const random = seeded(name.length * 7919)
    for (let turn = 0; turn < 150; turn++) {
      const broken = damaged(bytes, random)
      const whole = record(broken)
      const cuts = [0.2, 0.5, 0.8].map((share) => Math.floor(broken.length * share))
      expect(record(broken, cuts), `turn ${turn}`).toEqual(whole)
      for (const { start, end } of whole.verdicts) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual(broken.length)
      }
    }
  })

test('a file of nothing but headers, separators or terminators ends', () => {
  for (const unit of ['ISA*', 'UNB+', "UNA:+.? '", '~', '*', "'", '?', 'BIN*9*', '\u0000', ' \n'])
    expect(record(bytesOf(unit.repeat(20_000))).segments.length).toBeLessThan(20_001)
  const open = bytesOf(x12().slice(0, 106) + '*~'.repeat(50_000))
  expect(record(open).interchanges.map(({ status }) => status)).toEqual(['rejected'])
})
