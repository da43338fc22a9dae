import { createPrivateKey } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FlowNode } from '../../flow/node.ts'
import type { AuditLog } from '../../registry/audit.ts'
import type { GuardedClient } from '../../transports/http/outbound.ts'
import type { Settings } from '../settings/settings.ts'
import { type Checkpoint, signCheckpoint } from './checkpoint.ts'

/** What checkpoints are made of and where they go. */
export interface CheckpointOptions {
  readonly settings: Pick<
    Settings,
    'auditKey' | 'auditCheckpointPath' | 'auditCheckpointUrl' | 'auditCheckpointMinutes' | 'allowedPrivateRanges'
  >
  readonly log: Pick<AuditLog, 'heads'>
  readonly outbound: Pick<GuardedClient, 'send'>
  /** ms since 1970. */
  readonly now: () => number
  readonly signals: {
    auditCheckpointed(values: { readonly count: number }): void
    auditCheckpointFailed(values: { readonly code: string }): void
  }
}

/** Heads of the audit log leave the hub, signed: whoever cuts the log off or writes it anew cannot reach them. */
export class Checkpoints {
  readonly #options: CheckpointOptions
  #last = ''

  constructor(options: CheckpointOptions) {
    this.#options = options
  }

  get #isWanted(): boolean {
    const { auditKey, auditCheckpointPath, auditCheckpointUrl } = this.#options.settings
    return auditKey !== '' && `${auditCheckpointPath}${auditCheckpointUrl}` !== ''
  }

  /** Rounds of the node, by whoever owns the first partition: one of all instances. */
  start(node: FlowNode): void {
    if (!this.#isWanted) return
    const { auditCheckpointMinutes } = this.#options.settings
    const isOurs = (): boolean => node.place.translate[0]?.held !== false
    node.run('audit-checkpoints', async () => isOurs() && this.round(), auditCheckpointMinutes * 60_000)
  }

  /** Nothing when nothing was added since. What did not leave is tried again with the next round. */
  async round(): Promise<boolean> {
    if (!this.#isWanted) return false
    const { log } = this.#options
    const heads = await log.heads()
    const seen = JSON.stringify(heads)
    if (heads.length === 0 || seen === this.#last) return false
    if ((await this.send(heads)) !== undefined) this.#last = seen
    return false
  }

  /** Signs these heads and lets them leave. The line that left; undefined where it did not, or nobody set where to. */
  async send(heads: Checkpoint['heads']): Promise<string | undefined> {
    const { settings, now, signals } = this.#options
    if (!this.#isWanted) return undefined
    const checkpoint = signCheckpoint(createPrivateKey(settings.auditKey), new Date(now()).toISOString(), heads)
    const problems = [await this.#write(checkpoint), await this.#post(checkpoint)].filter((one) => one !== undefined)
    for (const code of problems) signals.auditCheckpointFailed({ code })
    if (problems.length > 0) return undefined
    signals.auditCheckpointed({ count: heads.length })
    return JSON.stringify(checkpoint)
  }

  async #write(checkpoint: Checkpoint): Promise<string | undefined> {
    const path = this.#options.settings.auditCheckpointPath
    if (path === '') return undefined
    try {
      const file = await open(path, 'a', 0o600)
      try {
        await file.appendFile(`${JSON.stringify(checkpoint)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
      return undefined
    } catch (error) {
      return error instanceof Error && 'code' in error ? `FILE_${String(error.code)}` : 'FILE'
    }
  }

  async #post(checkpoint: Checkpoint): Promise<string | undefined> {
    const { settings, outbound } = this.#options
    if (settings.auditCheckpointUrl === '') return undefined
    const result = await outbound.send({
      ...{ url: settings.auditCheckpointUrl, method: 'POST', headers: { 'content-type': 'application/json' } },
      ...{ body: Buffer.from(JSON.stringify(checkpoint)), timeoutMs: 10_000, maxResponseBytes: 65_536 },
      ...{ pool: 'audit-checkpoints', concurrency: 1, allowHttp: settings.auditCheckpointUrl.startsWith('http:') },
      allowedCidrs: settings.allowedPrivateRanges,
    })
    if (result.outcome !== 'answer') return result.code
    return result.status >= 200 && result.status < 300 ? undefined : `HTTP_${result.status}`
  }
}
