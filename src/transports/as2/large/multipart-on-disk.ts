import type { Stretch } from './stretch.ts'

/** The parts of a multipart content on disk: what `readMultipart` says of one in memory. */
export async function findParts(content: Stretch, boundary: string): Promise<readonly Stretch[]> {
  if (boundary.length === 0 || boundary.length > 200) throw new Error('the boundary is missing or long')
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Stretch[] = []
  let start: number | undefined
  for (let at = await delimiterFrom(content, mark, 0); ; at = await delimiterFrom(content, mark, at + mark.length)) {
    if (at === -1) throw new Error('the last delimiter is missing')
    if (start !== undefined) parts.push(content.part(start, Math.max(start, await endBefore(content, at))))
    if (parts.length > partsMost) throw new Error(`more than ${partsMost} parts`)
    const behind = at + mark.length
    if ((await content.read(behind, 2)).equals(hyphens)) {
      await demandBlank(content.part(behind + 2))
      return parts
    }
    start = (await content.indexOf(lineEnd, behind)) + 1
    if (start === 0) throw new Error('the last delimiter is missing')
  }
}

async function delimiterFrom(content: Stretch, mark: Buffer, from: number): Promise<number> {
  let others = 0
  for (let at = await content.indexOf(mark, from); at !== -1; at = await content.indexOf(mark, at + 1)) {
    if (++others > candidatesMost) throw new Error('the boundary stands all over the content')
    const behind = (await content.read(at + mark.length, 2)).toString('latin1')
    const isLine = at === 0 || (await content.read(at - 1, 1))[0] === 0x0a
    if (isLine && /^(?:\r\n|\n|[ \t]|--)/.test(behind)) return at
  }
  return -1
}

async function demandBlank(rest: Stretch): Promise<void> {
  for await (const chunk of rest.chunks())
    if (chunk.some((byte) => ![0x0d, 0x0a, 0x20, 0x09].includes(byte)))
      throw new Error('something follows the last part')
}

async function endBefore(content: Stretch, delimiter: number): Promise<number> {
  const [byte] = delimiter < 2 ? [] : await content.read(delimiter - 2, 1)
  return byte === 0x0d ? delimiter - 2 : delimiter - 1
}

const partsMost = 100
/** A boundary is made so that it stands nowhere else. */
const candidatesMost = 1000
const hyphens = Buffer.from('--')
const lineEnd = Buffer.from('\n')
