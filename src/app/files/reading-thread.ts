import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { InterlineError } from '../../base/errors.ts'
import { connectors } from '../../connectors/all.ts'
import { type FoundFile, PieceReading, type ReadPart } from '../../flow/intake/large-reading.ts'
import { writeTranslation } from '../../flow/translate/part-translation.ts'
import { writeError } from '../../flow/translate/written-error.ts'
import { stepBack } from '../start/step-back.ts'
import type { Answer, Question, ReadingTask, WrittenFile, WrittenPart } from './reading-question.ts'

/** The thread that reads one large file: it judges, cuts and translates, and knows nothing of the rest of the hub. */
function open({ connector: id, connection, settings, source, ...task }: ReadingTask): PieceReading {
  const connector = connectors.find((one) => one.id === id)
  if (connector === undefined) throw new Error(`there is no connector ${id}`)
  return new PieceReading({
    ...task,
    connection: { id: connection, connector, settings },
    open: () =>
      'path' in source ? createReadStream(source.path, { highWaterMark: chunkBytes }) : chunksOf(source.bytes),
    hash: () => {
      const hash = createHash('sha256')
      return { update: (piece) => void hash.update(piece), digest: () => hash.digest('hex') }
    },
  })
}

/** Bytes of its own: not everything that reads bytes takes those of several threads. */
async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield new Uint8Array(bytes.subarray(at, at + chunkBytes))
}

const chunkBytes = 256 * 1024

async function answer(reading: PieceReading, question: Question): Promise<Answer> {
  try {
    switch (question.do) {
      case 'judge':
        return { file: writeFile(await reading.judge()) }
      case 'next':
        return { parts: (await reading.next(question.most)).map(writePart) }
      case 'hashes':
        return { hashes: await reading.hashes() }
      case 'receipt':
        return { assertions: await reading.receipt(question.index, question.stored) }
    }
  } catch (error) {
    if (error instanceof InterlineError) return { refused: writeError(error) }
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

function writeFile({ problem, ...found }: FoundFile): WrittenFile {
  return problem === undefined ? found : { ...found, problem: writeError(problem) }
}

/** Bytes of their own: copying a view copies all that it is a view of. */
function writePart({ translation, bytes, ...part }: ReadPart): WrittenPart {
  const own = { ...part, bytes: bytes.slice() }
  return translation === undefined ? own : { ...own, translation: writeTranslation(translation) }
}

const port = parentPort
if (port !== null) {
  stepBack()
  const reading = open(workerData as ReadingTask)
  port.on('message', (question: Question) => {
    answer(reading, question)
      .then((found) => port.postMessage(found))
      // What cannot be copied to the other side.
      .catch((error: unknown) => port.postMessage({ failed: String(error) } satisfies Answer))
  })
}
