import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { edifact, group, set, x12 } from '../../../test/edi/interchanges.ts'
import { runProgram } from '../terminal/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-edi-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(content: string, ...args: readonly string[]): Promise<{ code: number; out: string }> {
  const file = join(folder, 'some.edi')
  writeFileSync(file, content)
  let out = ''
  const terminal = { out: (text: string) => void (out += text), error: () => {}, isWatched: false, columns: 100 }
  const code = await runProgram(['edi', ...args.map((one) => (one === 'FILE' ? file : one))], terminal, {})
  return { code, out }
}

const wrong = x12({ groups: [group({ sets: [set(), set({ number: '0002', segmentsDeclared: '3' })] })] })

test('a file without fault is valid', async () => {
  expect(await run(x12(), 'validate', 'FILE')).toEqual({
    code: 0,
    out: '1 interchanges, 0 rejected; 1 sets, 1 accepted; 0 verdicts.\n',
  })
})

test('a fault is named with its bytes and its place; some sets failed is told to the shell', async () => {
  const { code, out } = await run(wrong, 'validate', 'FILE')
  const [first = ''] = out.split('\n')
  const [, start = '', end = ''] = /bytes (\d+)-(\d+)/.exec(first) ?? []
  expect(wrong.slice(Number(start), Number(end))).toBe('SE*3*0002')
  expect(first).toContain('interchange 1, group 1, set 2, segment 9, SE01  set.count_wrong')
  expect(code).toBe(3)
  const machine = await run(wrong, '--json', 'validate', 'FILE')
  const [verdict, sum] = machine.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(verdict).toMatchObject({ code: 'set.count_wrong', level: 1, severity: 'reject', start: Number(start) })
  expect(sum).toEqual({ interchanges: 1, rejected: 0, sets: 2, setsAccepted: 1, verdicts: 1 })
})

test('a file that holds no interchange fails', async () => {
  expect((await run('Dear partner', 'validate', 'FILE')).code).toBe(1)
  expect((await run('Dear partner', 'explain', 'FILE')).out).toContain('No X12 or EDIFACT interchange begins')
  expect((await run('', 'validate', join(folder, 'missing.edi'))).code).toBe(1)
})

test('an explanation says from whom, what, whether it is right, and what is answered', async () => {
  const { out } = await run(wrong, 'explain', 'FILE')
  expect(out).toContain('x12 00401 interchange 000000905 from 02:MERIDIANCARRIER to ZZ:HARBORGOODSLTD: accepted')
  expect(out).toContain('delimiters: segment ~, element *, component >')
  expect(out).toContain('2 × 214 004010, 1 accepted')
  expect(out).toContain('answer: 997 004010 partly_accepted')
  expect((await run(edifact(), 'explain', 'FILE')).out).toContain('answer: CONTRL 7')
})

test('the answer goes to the terminal or, byte for byte, to a file', async () => {
  const shown = await run(wrong, 'ack', 'FILE', '--control-number', '77', '--ta1', 'always')
  expect(shown.out).toContain('TA1*000000905*260114*0931*A*000~GS*FA*HARBOR*MERIDIAN*')
  expect(shown.out).toContain('AK5*R*4~AK9*P*2*2*1~')
  const path = join(folder, 'answer.edi')
  await run(wrong, 'ack', 'FILE', '--out', path)
  expect(readFileSync(path, 'latin1')).toMatch(/^ISA\*00\*[^~]+~GS\*FA\*.*~IEA\*1\*000000001~$/)
  expect((await run(wrong, 'ack', 'FILE', '--group', '1066')).code).toBe(2)
})

test('every segment is listed with its place and its byte', async () => {
  const { out } = await run(x12(), '--json', 'parse', 'FILE')
  const rows = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const status = rows.find(({ tag }) => tag === 'AT7')
  expect(status).toMatchObject({ set: '0001', number: 5, offset: x12().indexOf('AT7*') })
  expect((await run(x12(), 'parse', 'FILE')).out).toContain('\n      AT7*X3*NS***20260114*0815*LT\n')
})
