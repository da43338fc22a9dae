// A Vendure for the tests, started by test/vendure/vendure.ts: `node serve.mjs <folder of its packages> <settings>`. Settings are
// JSON: port, database (a PostgreSQL URL), fill (make the tables and the goods). It says `ready` when it is.

import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { goods, initialData } from './goods.mjs'

const [packages, text] = process.argv.slice(2)
const { port, database, fill } = JSON.parse(text)
const load = createRequire(join(packages, 'package.json'))
const {
  bootstrap,
  DefaultLogger,
  defaultPromotionActions,
  dummyPaymentHandler,
  JobQueueService,
  LogLevel,
  manualFulfillmentHandler,
} = load('@vendure/core')
const { importProductsFromCsv, populateInitialData } = load('@vendure/core/cli')

// The test's own, which it removes.
const folder = process.cwd()
const config = {
  apiOptions: { port, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer', 'cookie'],
    sessionDuration: '1h',
    sessionCacheTTL: 1,
    requireVerification: false,
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    cookieOptions: { secret: 'only for tests' },
  },
  dbConnectionOptions: { type: 'postgres', url: database, synchronize: fill, logging: false },
  importExportOptions: { importAssetsDir: folder },
  logger: new DefaultLogger({ level: LogLevel.Error, timestamp: false }),
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  promotionOptions: { promotionActions: defaultPromotionActions },
  shippingOptions: { fulfillmentHandlers: [manualFulfillmentHandler] },
}

const app = await bootstrap(config)
await app.get(JobQueueService).start()
if (fill) {
  await populateInitialData(app, initialData)
  const path = join(folder, 'goods.csv')
  writeFileSync(path, goods)
  const { errors } = await importProductsFromCsv(app, path, 'en')
  if (errors?.length > 0) throw new Error(errors.join('\n'))
}
process.stdout.write('ready\n')
