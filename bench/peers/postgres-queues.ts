import type pg from 'pg'
import { benchDatabase } from '../database.ts'
import { countdown, inParallel, jobBody, measureJobs, type PeerFigures, peerPackage } from './peer.ts'

const producers = 16

interface GraphileWorker {
  runMigrations(options: object): Promise<void>
  run(options: object): Promise<{ addJob(task: string, body: object): Promise<unknown>; stop(): Promise<void> }>
  Logger: new (factory: () => () => void) => object
}

/** graphile-worker with its local queue, its fastest mode; one `addJob` and commit for each event. */
export async function graphileWorker(count = 2000): Promise<PeerFigures> {
  const graphile = peerPackage<GraphileWorker>('graphile-worker')
  const database = await benchDatabase()
  const logger = new graphile.Logger(() => () => {})
  try {
    await graphile.runMigrations({ connectionString: database.url, logger })
    const { done, all } = countdown(count)
    const preset = { worker: { concurrentJobs: 24, localQueue: { size: 500 } } }
    // A pool of ours: its own is left open when it stops, and ends the process together with the database.
    const { Pool } = peerPackage<typeof pg>('pg')
    const pgPool = new Pool({ connectionString: database.url, max: producers + 8 }).on('error', () => {})
    const options = { pgPool, logger, noHandleSignals: true, preset }
    const runner = await graphile.run({ ...options, taskList: { job: async () => done() } })
    const figures = await measureJobs(count, database.cpu, async () => {
      await inParallel(count, producers, () => runner.addJob('job', jobBody))
      await all
    })
    await runner.stop()
    await pgPool.end()
    return figures
  } finally {
    await database.stop()
  }
}

interface PgBoss {
  on(event: string, heard: (error: unknown) => void): void
  start(): Promise<unknown>
  createQueue(name: string): Promise<void>
  send(name: string, body: object): Promise<unknown>
  work(name: string, options: object, handler: (jobs: readonly unknown[]) => Promise<void>): Promise<unknown>
  stop(options: object): Promise<void>
}

/** pg-boss taking jobs in hundreds, twice a second; one `send` and commit for each event. */
export async function pgBoss(count = 2000): Promise<PeerFigures> {
  const { PgBoss: Boss } = peerPackage<{ PgBoss: new (options: object) => PgBoss }>('pg-boss')
  const database = await benchDatabase()
  const boss = new Boss({ connectionString: database.url, max: producers })
  boss.on('error', () => {})
  try {
    await boss.start()
    await boss.createQueue('job')
    return await measureJobs(count, database.cpu, async () => {
      const { done, all } = countdown(count)
      await boss.work('job', { batchSize: 100, pollingIntervalSeconds: 0.5 }, async (jobs) => jobs.forEach(done))
      await inParallel(count, producers, () => boss.send('job', jobBody))
      await all
    })
  } finally {
    await boss.stop({ graceful: true, timeout: 5000 })
    await database.stop()
  }
}

interface DurableExecution {
  DBOS: {
    setConfig(options: object): void
    registerWorkflow<T>(run: T, options: object): T
    launch(): Promise<void>
    shutdown(): Promise<void>
  }
}

/** DBOS: each event a durable workflow without steps, its cheapest form. */
export async function dbos(count = 500): Promise<PeerFigures> {
  const { DBOS } = peerPackage<DurableExecution>('@dbos-inc/dbos-sdk')
  const database = await benchDatabase()
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: database.url, logLevel: 'error', runAdminServer: false })
  const job = DBOS.registerWorkflow(async (_body: object) => {}, { name: 'job' })
  try {
    await DBOS.launch()
    return await measureJobs(count, database.cpu, () => inParallel(count, producers, () => job(jobBody)))
  } finally {
    await DBOS.shutdown()
    await database.stop()
  }
}
