import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runProgram } from '../terminal/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const form = {
  kind: 'stock',
  delimiter: ';',
  decimalMark: ',',
  fields: {
    sku: 'Artikel',
    quantity: 'Menge',
    location: 'Platz',
    counted: { value: 'snapshot' },
    effectiveAt: { value: '2026-04-01' },
    document: { value: 'N' },
    uom: { value: 'EA' },
  },
}
const network = { connections: [{ id: 'north', settings: { files: { list: form } } }] }
writeFileSync(join(folder, 'network.json'), JSON.stringify(network))
writeFileSync(join(folder, 'files.json'), JSON.stringify({ list: form }))
writeFileSync(join(folder, 'list.json'), JSON.stringify(form))
const good = 'Artikel;Menge;Platz\n00042;1,5;R1\nCABLE;2;R2\n'
const bad = 'Artikel;Menge;Platz\n00042;1.5;R1\nCABLE;2;R2\n'

async function run(content: string, ...args: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  const file = join(folder, 'some.csv')
  writeFileSync(file, content)
  let out = ''
  let error = ''
  const terminal = {
    out: (text: string) => void (out += text),
    error: (text: string) => void (error += text),
    isWatched: false,
    columns: 100,
  }
  const code = await runProgram(['file', ...args.map((one) => (one === 'FILE' ? file : one))], terminal, {})
  return { code, out, error }
}

test.each(['network.json#north/list', 'network.json#north', 'files.json#list', 'files.json', 'list.json'])(
  'a form is found where it is declared: %s',
  async (place) => {
    const { code, out } = await run(good, 'validate', 'FILE', '--schema', join(folder, place))
    expect([code, out]).toEqual([0, '2 rows, 2 documents, 0 of them faulty; 0 faults.\n'])
  },
)

test('a fault is told with row, column and bytes; some rows failed is told to the shell', async () => {
  const { code, out } = await run(bad, 'validate', 'FILE', '--schema', join(folder, 'list.json'))
  expect(out).toContain('row 2, column Menge (quantity), bytes 26-29: Not a number')
  expect(code).toBe(3)
  const machine = await run(bad, '--json', 'validate', 'FILE', '--schema', join(folder, 'list.json'))
  const [fault, sum] = machine.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(fault).toMatchObject({ code: 'field.not_a_number', row: 2, start: 26, end: 29, found: '1.5' })
  expect(sum).toMatchObject({ rows: 2, faults: 1 })
})

test('an explanation says where values come from, what they are and what to do about a fault', async () => {
  const { code, out } = await run(bad, 'explain', 'FILE', '--schema', join(folder, 'list.json'))
  expect(code).toBe(0)
  expect(out).toContain('stock by')
  expect(out).toContain('sku: column Artikel, text, needed')
  expect(out).toContain('uom: always EA')
  expect(out).toContain('sku: 00042')
  expect(out).toContain('Compare the value with decimalMark')
})

test('a header that fits nothing fails, and so does a form that nobody declared', async () => {
  expect((await run('a,b\n1,2\n', 'validate', 'FILE', '--kind', 'movements')).code).toBe(1)
  expect((await run(good, 'explain', 'FILE', '--kind', 'gold')).error).toContain('kind must be one of movements')
  expect((await run(good, 'explain', 'FILE', '--schema', join(folder, 'none.json'))).error).toContain(
    'There is no file',
  )
})
