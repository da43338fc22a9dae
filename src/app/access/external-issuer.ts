import { readJson } from '../../base/json.ts'
import type { TokenIssuer } from '../../gateway/oauth/access-tokens.ts'
import { foreignIssuer } from '../../gateway/oauth/foreign-issuer.ts'
import { KeySet } from '../../gateway/oauth/key-set.ts'
import type { GuardedClient } from '../../transports/http/outbound.ts'
import type { Settings } from '../settings/settings.ts'

/** The issuer whose tokens count beside ours; undefined where the settings name none. `address` is where others reach the hub. */
export function externalIssuer(
  settings: Settings,
  outbound: Pick<GuardedClient, 'send'>,
  address: () => string,
): TokenIssuer | undefined {
  const { externalIssuer: issuer, externalIssuerAudience, externalIssuerKeys, externalIssuerScopes } = settings
  if (issuer === '') return undefined
  const keys = new KeySet({
    read: () => readPublicJson(externalIssuerKeys, settings, outbound),
    now: () => Date.now(),
  })
  const scopes = new Map<string, readonly string[]>()
  for (const pair of externalIssuerScopes) {
    const [theirs = '', ours = ''] = pair.split('=')
    scopes.set(theirs, [...(scopes.get(theirs) ?? []), ours])
  }
  const make = (): TokenIssuer =>
    foreignIssuer({ issuer, audience: externalIssuerAudience || address(), tenant: 'main', scopes, keys })
  return { isFor: (said) => said === issuer, verify: (token, head, now) => make().verify(token, head, now) }
}

/** Most bytes of a set of keys. */
const bytesMax = 256 * 1024

/** A public JSON document of another system, through the guarded client; undefined when it cannot be had, so that what was known counts on. */
async function readPublicJson(
  url: string,
  { allowedPrivateRanges }: Settings,
  outbound: Pick<GuardedClient, 'send'>,
): Promise<unknown> {
  const result = await outbound.send({
    url,
    method: 'GET',
    headers: { accept: 'application/json' },
    timeoutMs: 5000,
    maxResponseBytes: bytesMax,
    pool: 'issuer',
    concurrency: 2,
    allowHttp: url.startsWith('http:'),
    allowedCidrs: allowedPrivateRanges,
    ...(new URL(url).port === '' ? {} : { allowedPorts: [Number(new URL(url).port)] }),
  })
  if (result.outcome !== 'answer' || result.status !== 200) return undefined
  try {
    return readJson(result.body)
  } catch {
    // Not JSON is as good as no answer.
    return undefined
  }
}
