import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlineError } from '../../src/base/errors.ts'
import { hasUnstorableCharacter, readJson } from '../../src/base/json.ts'
import { connectors } from '../../src/connectors/all.ts'
import {
  coverageProblems,
  declarationProblems,
  outcomeProblems,
  trackedEvents,
} from '../../src/connectors/kit/conformance.ts'
import type { Connector, OperationRequest, Reply } from '../../src/connectors/kit/connector.ts'
import {
  answerOf,
  exampleSettings,
  type GoldenOutcome,
  playGolden,
  playInbound,
} from '../../src/connectors/kit/golden.ts'
import { type PlayedTalk, playTalk } from '../../src/connectors/kit/golden-procedure.ts'
import type { Conversation } from '../../src/connectors/kit/procedure.ts'
import { type GoldenFile, goldenFiles, goldenText } from '../../tools/golden.ts'
import { root } from '../../tools/source-tree.ts'
import { damaged, seeded } from '../edi/damage.ts'
import { expectNone } from '../expect-none.ts'

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
  test.runIf(connector.procedures !== undefined)('goes through any conversation to its end', () => {
    conversations(connector, goldens)
  })
  test.runIf(Object.keys(connector.operations ?? {}).length > 0)(
    'understands or doubts any answer, and never fails',
    () => {
      answers(connector, goldens)
    },
  )
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
          return ('error' in longer && longer.error.code === 'CONTENT_INVALID') || sameMeaning(longer, outcome)
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

/** Every `read` and look-up of the connector over answers that a proxy, an outage or an attacker may give. */
function answers(connector: Connector, goldens: readonly GoldenFile[]): void {
  const settings = exampleSettings(connector.settings)
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.string(),
    fc.constant(undefined),
    ...goldens.flatMap(answersIn).map(fc.constant),
  )
  const status = fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(200, 201, 202, 404, 409, 422, 503))
  for (const [name, operation] of Object.entries(connector.operations ?? {})) {
    const requests = goldens.filter((golden) => golden.operation === name).map(requestIn)
    fc.assert(
      fc.property(fc.constantFrom(...requests), status, bodies, (request, code, body) => {
        const reply: Reply = answerOf({ status: code, body })
        const { outcome } = operation.read(reply, request, settings)
        expect(['applied', 'accepted', 'refused', 'retry', 'gone', 'unclear']).toContain(outcome)
        // An error page is no success, whatever it says.
        if (code >= 400) expect(['applied', 'accepted']).not.toContain(outcome)
        if (operation.readBack === undefined || !isAskable(() => operation.ask(request, settings))) return
        const { found } = operation.readBack.read(reply, request, settings)
        expect(['one', 'none', 'many', 'refused', 'unclear']).toContain(found)
        // Only a list that was really read may say that nothing is there: it is what permits sending again.
        if (code >= 400) expect(found).not.toBe('none')
      }),
      { numRuns: 300 },
    )
  }
}

/** Every conversation over any answers: it ends, it never fails, and an error page is neither a success nor proof that nothing is there. */
function conversations(connector: Connector, goldens: readonly GoldenFile[]): void {
  const settings = exampleSettings(connector.settings)
  for (const [name, procedure] of Object.entries(connector.procedures ?? {})) {
    const own = goldens.filter((golden) => golden.operation === name)
    const bodies = fc.oneof(fc.jsonValue(), fc.constant(undefined), ...own.flatMap(answersIn).map(fc.constant))
    const answer = fc.record({
      status: fc.constantFrom(200, 200, 200, 200, 302, 403, 404, 409, 500, 502),
      body: bodies,
    })
    fc.assert(
      fc.property(fc.constantFrom(...own.map(requestIn)), fc.array(answer, { maxLength: 30 }), (request, answers) => {
        const replies = answers.map(answerOf)
        const isBad = (count: number): boolean => answers.slice(0, count).some(({ status }) => status !== 200)
        const play = <R>(talk: () => Conversation<R>): PlayedTalk<R> | undefined => {
          try {
            return playTalk(talk(), replies)
          } catch (error) {
            // What was asked for, or what was answered, cannot be understood: a person reads why.
            if (error instanceof InterlineError) return undefined
            throw error
          }
        }
        const carried = play(() => procedure.converse(request, settings))
        if (carried !== undefined && isBad(carried.turns.length))
          expect(carried.result).not.toMatchObject({ outcome: 'applied' })
        const found = play(() => procedure.readBack.converse(request, settings))
        if (found !== undefined && isBad(found.turns.length)) expect(found.result).not.toMatchObject({ found: 'none' })
        expect(found?.turns.some(({ changes }) => changes) ?? false).toBe(false)
      }),
      { numRuns: 200 },
    )
  }
}

function isAskable(ask: () => unknown): boolean {
  try {
    ask()
    return true
  } catch (error) {
    if (error instanceof InterlineError) return false
    throw error
  }
}

function requestIn({ text }: GoldenFile): OperationRequest {
  return (JSON.parse(text) as { request: OperationRequest }).request
}

function answersIn({ operation, text }: GoldenFile): unknown[] {
  if (operation === 'inbound' || operation === 'documents') return []
  const {
    reply,
    lookUp,
    answers = [],
  } = JSON.parse(text) as {
    reply?: { body?: unknown }
    lookUp?: { body?: unknown }
    answers?: readonly ({ body?: unknown } | null)[]
  }
  return [reply?.body, lookUp?.body, ...answers.map((one) => one?.body)].filter((body) => body !== undefined)
}

/** A text that no error may repeat: what a partner wrote does not belong into logs. */
const canary = 'do-not-repeat-me'

interface Damage {
  readonly at: number
  readonly value: unknown
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.nat({ max: 10_000 }),
  value: fc.oneof(
    fc.constantFrom(
      undefined,
      null,
      '',
      canary,
      `${canary} `.repeat(1000),
      '\u0000',
      '\ud800',
      -1,
      1e21,
      true,
      false,
      [],
      {},
    ),
    fc.constantFrom<unknown>(
      [[[]]],
      { object: {} },
      [canary],
      { id: canary },
      '2026-13-45T99:99:99Z',
      '__proto__',
      'toString',
    ),
    fc.jsonValue({ maxDepth: 2 }),
  ),
})

/** The document with one member, anywhere in it, replaced or gone. */
function harm(document: unknown, { at, value }: Damage): unknown {
  const paths = pathsOf(document)
  return replaced(document, paths[at % paths.length] ?? [], value)
}

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]]
  return [[], ...Object.entries(value).flatMap(([key, member]) => pathsOf(member).map((path) => [key, ...path]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, by) : item))
  const entries = Object.entries(value as object).map(([name, member]): [string, unknown] => [
    name,
    name === key ? replaced(member, rest, by) : member,
  ])
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined))
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (found as Readonly<Record<string, unknown>>)[key], value)
}

function listsOf(document: unknown): readonly (readonly string[])[] {
  if (document === undefined) return []
  return pathsOf(document).filter((path) => {
    const list = at(document, path)
    return Array.isArray(list) && list.length > 0
  })
}

function lengthened(document: unknown, path: readonly string[], items: number): unknown {
  const [item] = at(document, path) as unknown[]
  return replaced(
    document,
    path,
    Array.from({ length: items }, () => item),
  )
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).toReversed()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, reversed(member)]))
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
