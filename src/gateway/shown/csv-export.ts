import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { TSchema } from 'typebox'
import { InterlineError } from '../../base/errors.ts'
import type { Answer, Call, Route } from '../route.ts'
import { csvLine } from './csv.ts'

/** Rows of one file. Who needs more goes on with the cursor that its last line names. */
const rowsMost = 100_000
const rowsAtOnce = '200'
/** Pages of one file that may end early because enough was looked at. */
const stoppedMost = 20
/** Files that are being written at once: for one client, for all. */
const ownMost = 2
const allMost = 8

interface ListSchema {
  readonly properties?: Readonly<
    Record<
      string,
      { readonly type?: string; readonly items?: { readonly properties?: Readonly<Record<string, TSchema>> } }
    >
  >
}

interface ListBody {
  readonly data: readonly Readonly<Record<string, unknown>>[]
  /** `lookedBackTo`: the list stopped there because it had looked at enough for one page. */
  readonly page?: { readonly next: string | null; readonly lookedBackTo?: string }
}

/** Whether a route answers rows, which it then gives as CSV, too. */
export function isList(route: Route): boolean {
  const { data } = (route.answer.schema as ListSchema | undefined)?.properties ?? {}
  return route.method === 'GET' && route.answer.mediaType === undefined && data?.type === 'array'
}

/** Whether a caller wants CSV and no JSON. */
export function wantsCsv(accept: string | undefined): boolean {
  return accept !== undefined && /\btext\/csv\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept)
}

/** Lists as CSV: all rows of all pages, one page in memory at a time. */
export class CsvExports {
  readonly #running = new Map<string, number>()

  /** Header and rows, the members as they are declared. What is wrong with the question is thrown before the answer begins; EXPORTS_RUNNING. */
  async answer(route: Route, call: Call): Promise<Answer> {
    const { key } = call.principal
    const own = this.#running.get(key) ?? 0
    const all = this.#running.values().reduce((sum, one) => sum + one, 0)
    if (own >= ownMost || all >= allMost) throw new InterlineError('EXPORTS_RUNNING', { most: ownMost })
    this.#running.set(key, own + 1)
    const end = (): void => {
      const left = (this.#running.get(key) ?? 1) - 1
      if (left > 0) this.#running.set(key, left)
      else this.#running.delete(key)
    }
    try {
      const first = await read(route, call, undefined)
      // Whoever asks for the headers alone is sent no rows.
      if (call.exchange.request.method === 'HEAD') end()
      return {
        headers: {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="${route.path.split('/').at(-1)?.replaceAll(/\W+/g, '-') ?? 'rows'}.csv"`,
        },
        stream: (_, response) => {
          write({ route, call, first, response })
            .catch((error: unknown) => {
              call.gateway.refused(undefined, error)
              // A file that ends too early must not look whole.
              response.destroy()
            })
            .finally(end)
        },
      }
    } catch (error) {
      end()
      throw error
    }
  }
}

interface Writing {
  readonly route: Route
  readonly call: Call
  readonly first: ListBody
  readonly response: ServerResponse
}

async function write({ route, call, first, response }: Writing): Promise<void> {
  const columns = columnsOf(route, first)
  response.write(csvLine(columns))
  let rows = 0
  let stopped = 0
  for (let body = first; ; ) {
    const text = body.data.map((row) => csvLine(columns.map((name) => row[name]))).join('')
    rows += body.data.length
    const next = body.page?.next ?? null
    if (!response.write(text) && !response.destroyed)
      await Promise.race([once(response, 'drain'), once(response, 'close')])
    if (response.destroyed) return
    if (next === null) break
    if (rows >= rowsMost) {
      response.write(csvLine([`More than ${rowsMost} rows: filter, or go on with cursor=${next}`]))
      break
    }
    const { lookedBackTo } = body.page ?? {}
    if (lookedBackTo !== undefined && ++stopped >= stoppedMost) {
      response.write(csvLine([`Looked back until ${lookedBackTo}: filter by time, or go on with cursor=${next}`]))
      break
    }
    body = await read(route, call, next)
  }
  response.end()
}

async function read(route: Route, call: Call, cursor: string | undefined): Promise<ListBody> {
  const paged = Object.hasOwn(route.query?.properties ?? {}, 'cursor')
  const query = { ...call.query, ...(paged ? { limit: rowsAtOnce } : {}), ...(cursor === undefined ? {} : { cursor }) }
  const { body } = await route.handle({ ...call, query })
  return body as ListBody
}

function columnsOf(route: Route, { data }: ListBody): readonly string[] {
  const declared = (route.answer.schema as ListSchema | undefined)?.properties?.['data']?.items?.properties
  return declared === undefined ? Object.keys(data[0] ?? {}) : Object.keys(declared)
}
