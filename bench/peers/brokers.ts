import { countdown, inParallel, jobBody, measureJobs, type PeerFigures, peerPackage, startPeerServer } from './peer.ts'

interface BullMq {
  Queue: new (
    name: string,
    options: object,
  ) => { add(name: string, body: object, options: object): Promise<unknown>; close(): Promise<void> }
  Worker: new (
    name: string,
    work: () => Promise<void>,
    options: object,
  ) => { on(event: string, heard: () => void): void; waitUntilReady(): Promise<unknown>; close(): Promise<void> }
}

/** BullMQ on a Redis that writes every command to the disk before it answers: as durable as a commit. */
export async function bullMq(count = 2000): Promise<PeerFigures> {
  const { Queue, Worker } = peerPackage<BullMq>('bullmq')
  const server = await startPeerServer('redis-server', ({ port, folder }) => [
    '--port',
    String(port),
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
    '--save',
    '',
  ])
  const connection = { host: '127.0.0.1', port: server.port, maxRetriesPerRequest: null }
  const queue = new Queue('job', { connection })
  const { done, all } = countdown(count)
  const worker = new Worker('job', async () => {}, { connection, concurrency: 50 })
  worker.on('completed', done)
  try {
    await worker.waitUntilReady()
    return await measureJobs(count, server.cpu, async () => {
      await inParallel(count, 64, () => queue.add('job', jobBody, { removeOnComplete: true }))
      await all
    })
  } finally {
    await worker.close()
    await queue.close()
    await server.stop()
  }
}

/** What the package calls the part that makes streams. */
const administration = 'jetstreamManager'

interface NatsConnection {
  close(): Promise<void>
}
interface JetStream {
  jetstream(connection: NatsConnection): {
    publish(subject: string, body: string): Promise<unknown>
    consumers: {
      get(stream: string, name: string): Promise<{ consume(options: object): Promise<AsyncIterable<{ ack(): void }>> }>
    }
  }
  [administration](connection: NatsConnection): Promise<{
    streams: { add(options: object): Promise<unknown> }
    consumers: { add(stream: string, options: object): Promise<unknown> }
  }>
}

/** NATS JetStream on files. It answers before the bytes are on the disk (flushed every two minutes): less than a commit promises. */
export async function natsJetStream(count = 10_000): Promise<PeerFigures> {
  const client = peerPackage<{ connect(options: object): Promise<NatsConnection> }>('@nats-io/transport-node')
  const streams = peerPackage<JetStream>('@nats-io/jetstream')
  const server = await startPeerServer('nats-server', ({ port, folder }) => [
    '-a',
    '127.0.0.1',
    '-p',
    String(port),
    '-js',
    '-sd',
    folder,
  ])
  const connection = await client.connect({ servers: `127.0.0.1:${server.port}` })
  try {
    const manager = await streams[administration](connection)
    await manager.streams.add({ name: 'jobs', subjects: ['job'], retention: 'workqueue' })
    await manager.consumers.add('jobs', { durable_name: 'worker', ack_policy: 'explicit', max_ack_pending: 5000 })
    const stream = streams.jetstream(connection)
    const body = JSON.stringify(jobBody)
    return await measureJobs(count, server.cpu, async () => {
      const messages = await (await stream.consumers.get('jobs', 'worker')).consume({ max_messages: 1000 })
      const consuming = (async () => {
        let left = count
        for await (const message of messages) {
          message.ack()
          if (--left === 0) return
        }
      })()
      await inParallel(count, 256, () => stream.publish('job', body))
      await consuming
    })
  } finally {
    await connection.close()
    await server.stop()
  }
}

interface Rabbit {
  connect(url: string): Promise<{ createConfirmChannel(): Promise<RabbitChannel>; close(): Promise<void> }>
}
interface RabbitChannel {
  assertQueue(name: string, options: object): Promise<unknown>
  prefetch(count: number): Promise<unknown>
  consume(name: string, heard: (message: object) => void): Promise<unknown>
  ack(message: object): void
  publish(exchange: string, key: string, body: Buffer, options: object, confirmed: (error: unknown) => void): boolean
}

/** RabbitMQ with a quorum queue: each message is on the disk of the one node before it is confirmed. */
export async function rabbitMq(count = 5000): Promise<PeerFigures> {
  const client = peerPackage<Rabbit>('amqplib')
  const server = await startPeerServer(
    'rabbitmq-server',
    () => [],
    ({ port, folder }) => ({
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_DIST_PORT: String(port + 1),
      RABBITMQ_MNESIA_BASE: folder,
      RABBITMQ_LOG_BASE: folder,
      RABBITMQ_NODENAME: `bench${port}@localhost`,
      RABBITMQ_PID_FILE: `${folder}/pid`,
      LC_ALL: 'C.UTF-8',
    }),
  )
  try {
    const connection = await client.connect(`amqp://guest:guest@127.0.0.1:${server.port}`)
    const channel = await connection.createConfirmChannel()
    await channel.assertQueue('job', { durable: true, arguments: { 'x-queue-type': 'quorum' } })
    await channel.prefetch(500)
    const body = Buffer.from(JSON.stringify(jobBody))
    const put = (): Promise<void> =>
      new Promise((resolve, reject) =>
        channel.publish('', 'job', body, { persistent: true }, (error) =>
          error === null || error === undefined ? resolve() : reject(new Error('not confirmed', { cause: error })),
        ),
      )
    const figures = await measureJobs(count, server.cpu, async () => {
      const { done, all } = countdown(count)
      await channel.consume('job', (message) => {
        channel.ack(message)
        done()
      })
      await inParallel(count, 256, put)
      await all
    })
    await connection.close()
    return figures
  } finally {
    await server.stop()
  }
}
