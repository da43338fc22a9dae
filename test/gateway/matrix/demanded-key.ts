import { routes } from '../../../src/gateway/all.ts'

/** An Idempotency-Key where one is demanded and nowhere else: keeping an answer is itself behind a wall, and would hide the wall behind it. */
export function demandedKey(method: string, path: string, key: string): Record<string, string> {
  const [pathname = ''] = path.split('?', 1)
  const isDemanded = routes.some(
    (route) =>
      route.idempotent === true &&
      route.method === method &&
      new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  )
  return isDemanded ? { 'idempotency-key': `"${key}"` } : {}
}
