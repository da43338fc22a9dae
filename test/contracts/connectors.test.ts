import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasUnstorableCharacter, readJson } from '../../src/base/json.ts'
import { connectors } from '../../src/connectors/all.ts'
import {
  coverageProblems,
  declarationProblems,
  outcomeProblems,
  trackedEvents,
} from '../../src/connectors/kit/conformance.ts'
import type { Connector } from '../../src/connectors/kit/connector.ts'
import { exampleSettings, type GoldenOutcome, playGolden, playInbound } from '../../src/connectors/kit/golden.ts'
import { type GoldenFile, goldenFiles, goldenText } from '../../tools/golden.ts'
import { root } from '../../tools/source-tree.ts'
import { damaged, seeded } from '../edi/damage.ts'
import { expectNone } from '../expect-none.ts'
import { canary, damage, harm, lengthened, listsOf, reversed } from './damaged-document.ts'

const encoder = new TextEncoder()
const folders = readdirSync(join(root, 'src/connectors'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
  .map(({ name }) => name)

test('every folder is a connector of the list, which is in alphabetical order', () => {
  expect(connectors.map(({ id }) => id)).toEqual(folders.toSorted())
  expect(connectors.length).toBeGreaterThan(5)
})

test('the goldens are many and of all connectors', () => {
  expect(connectors.flatMap(({ id }) => goldenFiles(id)).length).toBeGreaterThan(80)
  expectNone(
    folders
      .filter((folder) => !existsSync(join(root, `src/connectors/${folder}/golden/SOURCES.md`)))
      .map((folder) => `src/connectors/${folder}/golden/SOURCES.md is missing`),
  )
})

describe.each(connectors.map((connector) => ({ id: connector.id, connector })))('$id', ({ id, connector }) => {
  const goldens = goldenFiles(id)
  const played = goldens.map((golden) => ({ golden, outcome: playGolden(connector, golden) }))

  test('declares itself completely', () => {
    expectNone(declarationProblems(connector))
  })

  test('has golden files for all that it does, bad ones as many as good ones', () => {
    expectNone(
      coverageProblems(
        connector,
        played.map(({ golden, outcome }) => ({ operation: golden.operation, outcome })),
      ),
    )
  })

  test('makes of every golden file what is written beside it', () => {
    for (const { golden, outcome } of played) {
      const path = join(root, golden.outPath)
      const written = existsSync(path) ? readFileSync(path, 'utf8') : ''
      expect(goldenText(outcome), `${golden.outPath}: run "npm run golden" and read the diff`).toBe(written)
    }
  })

  test('keeps unknown codes and secrets where they belong in all of them', () => {
    expectNone(played.flatMap(({ golden, outcome }) => outcomeProblems(connector, golden.operation, outcome)))
  })

  if (connector.inbound?.format === 'edi') streamDoor(connector, goldens)
  else if (connector.inbound?.format === 'file') fileDoor(connector, goldens)
  else if (connector.inbound !== undefined) doors({ connector, goldens, played })
})

/** What is read as a stream is harmed byte by byte. */
function streamDoor(connector: Connector, goldens: readonly GoldenFile[]): void {
  test('parks what it does not understand, and never fails otherwise', () => {
    const files = goldens.filter(({ format }) => format === 'edi').map(({ text }) => encoder.encode(text))
    expect(files.length).toBeGreaterThan(3)
    const random = seeded(files.length)
    for (let turn = 0; turn < 600; turn++) {
      const outcome = playInbound(connector, damaged(files[turn % files.length] ?? new Uint8Array(0), random), 'edi')
      if ('error' in outcome)
        expect(outcome.error.code).toMatch(
          /^(EDI_(INTERCHANGE_MISSING|HEADER_UNWRITABLE)|CONTENT_INVALID|TEXT_UNSTORABLE)$/,
        )
      expectNone(outcomeProblems(connector, 'inbound', outcome))
    }
  })

  test('reads no order out of loops: a carrier may tell its scans backwards', () => {
    const text = goldens.find(({ name }) => name === '214-milestones')?.text ?? ''
    const entry = /LX\*1~[^]*?(?=LX\*2)/.exec(text)?.[0] ?? ''
    expect(entry).not.toBe('')
    const backwards = text.replace(entry, '').replace(/(?=SE\*)/, entry)
    const told = eventSet(playInbound(connector, encoder.encode(text), 'edi'))
    expect(told).not.toEqual([])
    expect(eventSet(playInbound(connector, encoder.encode(backwards), 'edi'))).toEqual(told)
  })
}

/** The bytes of files, harmed one by one: every outcome is a meaning or an error with a next action. */
function fileDoor(connector: Connector, goldens: readonly GoldenFile[]): void {
  test('parks or refuses what it does not understand, and never fails otherwise', () => {
    const files = goldens.filter(({ operation }) => operation === 'inbound')
    expect(files.length).toBeGreaterThan(10)
    const random = seeded(files.length)
    for (let turn = 0; turn < 1000; turn++) {
      const file = files[turn % files.length]
      if (file === undefined) continue
      const bytes = damaged(encoder.encode(file.text), random)
      const outcome = playInbound(connector, bytes, file.format, file.settings)
      if ('error' in outcome)
        expect(outcome.error.code).toMatch(/^(FILE_(FAULTY|REFUSED|UNKNOWN)|CONTENT_INVALID|TEXT_UNSTORABLE)$/)
      expectNone(outcomeProblems(connector, 'inbound', outcome))
    }
  })
}

function doors(about: {
  readonly connector: Connector
  readonly goldens: readonly GoldenFile[]
  readonly played: readonly { readonly golden: GoldenFile; readonly outcome: GoldenOutcome }[]
}): void {
  const { connector, played } = about
  const inbound = about.goldens.filter(({ operation, format }) => operation === 'inbound' && format === 'json')

  test('parks what it does not understand, and never fails otherwise', () => {
    const documents = inbound.map(({ text }) => parsed(text)).filter((one) => one !== undefined)
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        (document, damages) => {
          const text = JSON.stringify(damages.reduce<unknown>(harm, document))
          const outcome = playInbound(connector, encoder.encode(text))
          if ('error' in outcome) {
            expect(outcome.error.message).not.toContain(canary)
            expect(outcome.error.code).not.toBe('MAP_FAILED')
          }
          if ('rest' in outcome) expect(outcome.rest?.message).not.toContain(canary)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('identifies any bytes or none, and never fails over them', () => {
    const settings = exampleSettings(connector.settings)
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const bytes = encoder.encode(JSON.stringify(value))
        const document = { bytes, contentType: 'application/json', headers: {}, content: readOrNothing(bytes) }
        const identity = connector.inbound?.identify(document, settings)
        for (const key of [identity?.identity, identity?.orderKey])
          if (key !== undefined) expect(key === '' || hasUnstorableCharacter(key)).toBe(false)
      }),
    )
  })

  test('refuses lists that do not end', () => {
    const good = played.filter(({ golden, outcome }) => golden.format === 'json' && 'translation' in outcome)
    const failing = good.flatMap(({ golden: { name, text }, outcome }) =>
      listsOf(parsed(text)).flatMap((path) => {
        // A count of a whole warehouse is long; no list is longer than that.
        const isBoundedAt = (items: number): boolean => {
          const longer = playInbound(connector, encoder.encode(JSON.stringify(lengthened(parsed(text), path, items))))
          if ('error' in longer && longer.error.code === 'CONTENT_INVALID') return true
          // Beside what can be read it is left out, and said to be too long or no list at all.
          const isLeftOut = 'rest' in longer && longer.rest?.message.includes(`found a list of ${items}`) === true
          return isLeftOut || sameMeaning(longer, outcome)
        }
        return [10_001, 100_001].some(isBoundedAt) ? [] : [`${connector.id} ${name}: ${path.join('.')} has no limit`]
      }),
    )
    expectNone(failing)
  })

  test('reads no order out of lists: a carrier may tell its scans backwards', () => {
    const tracked = played.filter(({ outcome }) => trackedEvents(outcome).length > 1)
    for (const { golden, outcome } of tracked) {
      const backwards = playInbound(connector, encoder.encode(JSON.stringify(reversed(parsed(golden.text)))))
      expect(eventSet(backwards)).toEqual(eventSet(outcome))
    }
    const { kind } = connector
    if (kind === 'carrier' || kind === 'aggregator') expect(tracked.length).toBeGreaterThan(0)
  })
}

function eventSet(outcome: GoldenOutcome): string[] {
  return trackedEvents(outcome)
    .map((event) => JSON.stringify(event))
    .toSorted()
}

function sameMeaning(one: GoldenOutcome, other: GoldenOutcome): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** As an ordinary document; undefined where the golden file is no JSON. */
function parsed(text: string): unknown {
  try {
    readJson(encoder.encode(text))
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readOrNothing(bytes: Uint8Array): unknown {
  try {
    return readJson(bytes)
  } catch {
    return undefined
  }
}
