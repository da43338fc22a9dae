import { aftership } from './aftership/connector.ts'
import { chat } from './chat/connector.ts'
import { dhl } from './dhl/connector.ts'
import { easypost } from './easypost/connector.ts'
import { ediPartner } from './edi-partner/connector.ts'
import { genericCarrier } from './generic-carrier/connector.ts'
import { genericErp } from './generic-erp/connector.ts'
import { genericShop } from './generic-shop/connector.ts'
import { genericWms } from './generic-wms/connector.ts'
import type { Connector } from './kit/connector.ts'
import { mail } from './mail/connector.ts'
import { messageWebhook } from './message-webhook/connector.ts'
import { shippo } from './shippo/connector.ts'
import { tryton } from './tryton/connector.ts'
import { vendure } from './vendure/connector.ts'
import { warehouseFiles } from './warehouse-files/connector.ts'
import { webhook } from './webhook/connector.ts'

/** Every connector, alphabetical. A folder that is missing here fails a test. */
export const connectors: readonly Connector[] = [
  aftership,
  chat,
  dhl,
  easypost,
  ediPartner,
  genericCarrier,
  genericErp,
  genericShop,
  genericWms,
  mail,
  messageWebhook,
  shippo,
  tryton,
  vendure,
  warehouseFiles,
  webhook,
] as unknown as readonly Connector[]
