import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { diskRoom, judgeRoom, keepBallast } from './disk.ts'

const mark = { watermarkPercent: 10, watermarkMegabytes: 2048 }
const gigabyte = 1024 ** 3
const folder = mkdtempSync(join(tmpdir(), 'interline-disk-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the watermark', () => {
  test('is reached by too small a share or by too few bytes, whichever comes first', () => {
    expect(judgeRoom({ freeBytes: 50 * gigabyte, totalBytes: 100 * gigabyte }, mark).low).toBe(false)
    expect(judgeRoom({ freeBytes: 50 * gigabyte, totalBytes: 1000 * gigabyte }, mark).low).toBe(true)
    expect(judgeRoom({ freeBytes: 1.9 * gigabyte, totalBytes: 4 * gigabyte }, mark).low).toBe(true)
    expect(judgeRoom({ freeBytes: 2 * gigabyte, totalBytes: 4 * gigabyte }, mark)).toEqual({
      freeBytes: 2 * gigabyte,
      freePercent: 50,
      low: false,
    })
  })

  test('is measured on the volume of the folder', async () => {
    const room = await diskRoom(folder, { watermarkPercent: 0, watermarkMegabytes: 0 })
    expect(room.freeBytes).toBeGreaterThan(0)
    expect(room.low).toBe(false)
    expect((await diskRoom(folder, { watermarkPercent: 0, watermarkMegabytes: 2 ** 40 })).low).toBe(true)
  })
})

describe('the ballast', () => {
  const ballast = join(folder, 'ballast')
  const none = { watermarkPercent: 0, watermarkMegabytes: 0 }

  test('takes real space, so that deleting it gives room', async () => {
    expect(await keepBallast(folder, 2, none)).toBe(true)
    const { size, blocks } = statSync(ballast)
    expect(size).toBe(2 * 1024 * 1024)
    expect(blocks * 512).toBeGreaterThanOrEqual(size)
  })

  test('is not made again while the disk is low: the operator just deleted it', async () => {
    rmSync(ballast)
    expect(await keepBallast(folder, 2, { watermarkPercent: 0, watermarkMegabytes: 2 ** 40 })).toBe(false)
    expect(statSync(ballast, { throwIfNoEntry: false })).toBeUndefined()
    expect(await keepBallast(folder, 2, none)).toBe(true)
  })

  test('goes away when the setting says so', async () => {
    expect(await keepBallast(folder, 0, none)).toBe(false)
    expect(statSync(ballast, { throwIfNoEntry: false })).toBeUndefined()
  })
})
