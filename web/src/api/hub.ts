import createClient from 'openapi-fetch'
import type { components, paths } from './schema.ts'

/** What the hub says when it does not do what it was asked for (RFC 9457). */
export type Problem = components['schemas']['Problem']

/** The hub refused, and said why and what to do next. */
export class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** The hub's API. The header tells it that a change comes from one of its own pages. */
export const hub = createClient<paths, 'application/json'>({ baseUrl: '/', headers: { 'x-interline-page': '1' } })

/** The body of a good answer. Throws Refused; TypeError when nobody answers. */
export async function answered<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) return data as T
  throw new Refused(isProblem(error) ? error : unreadable(response))
}

/** Whether somebody has to sign in first. */
export function needsSignIn(error: unknown): boolean {
  return error instanceof Refused && error.problem.status === 401
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'nextAction' in error
}

function unreadable(response: Response): Problem {
  return {
    type: 'about:blank',
    title: 'Unreadable answer',
    status: response.status,
    detail: `Something between this page and the hub answered with ${response.status}.`,
    instance: '',
    code: `HTTP_${response.status}`,
    traceId: response.headers.get('x-request-id') ?? '',
    retryable: true,
    nextAction: 'Try again; if it stays so, look at the proxy in front of the hub.',
  }
}

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer B } } } }
}
  ? B
  : never

/** Addresses of lists that come page by page. */
export type ListPath = {
  [P in keyof paths]: Answer<P> extends { data: readonly unknown[]; page: { next: string | null } } ? P : never
}[keyof paths]

/** A row of a list. */
export type RowOf<P extends ListPath> = Answer<P> extends { data: readonly (infer R)[] } ? R : never

/** One page of a list, as the hub gives it. */
export interface Rows<Row> {
  readonly data: readonly Row[]
  /** `lookedBackTo`: what was received before was not looked at for this page. */
  readonly page: { readonly next: string | null; readonly lookedBackTo?: string }
}

/** Reads a page of a list; filters that nobody set are left out. Throws as `answered` does. */
export function readRows<P extends ListPath>(
  path: P,
  params: Readonly<Record<string, string>>,
  filters: Readonly<Record<string, string | undefined>>,
): Promise<Rows<RowOf<P>>> {
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
  return answered(hub.GET(path as never, { params: { path: params, query } } as never) as never)
}

/** Where the rows of a list are, with its filters. */
export function addressOf(
  path: keyof paths,
  params: Readonly<Record<string, string>> = {},
  filters: Readonly<Record<string, string>> = {},
): string {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const query = new URLSearchParams(filters).toString()
  return query === '' ? place : `${place}?${query}`
}

/** All rows of a list as CSV, written by the hub. Throws as `answered` does; TypeError when the file breaks off. */
export async function rowsAsCsv(address: string): Promise<string> {
  const response = await fetch(address, { headers: { accept: 'text/csv', 'x-interline-page': '1' } })
  if (response.ok) return response.text()
  const problem: unknown = await response.json().catch(() => undefined)
  throw new Refused(isProblem(problem) ? problem : unreadable(response))
}
