/**
 * What each parameter of a route is filled with: the name of a thing of the other company, or `=` and a value that everybody may know. A route
 * with a parameter that is not here fails the matrix.
 */
export const paths: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...sameParameter('id', {
    appointment: ['readAppointment', 'readAppointmentTimeline'],
    client: ['rotateClient', 'revokeClient'],
    delivery: ['readDelivery', 'readDeliveryTimeline'],
    effect: ['readEffect', 'decideEffect'],
    freight_invoice: ['readFreightInvoice', 'readFreightInvoiceTimeline'],
    goods_receipt: ['readGoodsReceipt', 'readGoodsReceiptTimeline'],
    invoice: ['readInvoice', 'readInvoiceTimeline'],
    key: ['revokeKey'],
    message: ['readMessage', 'readRawMessage'],
    order: ['readOrder', 'readOrderTimeline'],
    person: ['changePerson', 'linkPerson', 'endSessionsOfPerson', 'resetSecondFactor'],
    process: ['readProcessInstance', 'readProcessTimeline', 'decideProcess'],
    replay: ['readReplay', 'cancelReplay', 'readJob', 'readJobFailures', 'pauseJob', 'resumeJob', 'cancelJob'],
    return: ['readReturn', 'readReturnTimeline'],
    shipment: ['readShipment', 'readShipmentTimeline', 'createTrackingLink', 'listTrackingLinks'],
    subscription: [
      'readSubscription',
      'changeSubscription',
      'removeSubscription',
      'rotateSubscription',
      'readSubscriptionStanding',
      'recoverSubscription',
    ],
    task: ['readTask', 'assignTask', 'decideTask', 'noteTask'],
    transmission: ['readTransmission', 'decideTransmission'],
    // Of an item: whoever has no such stock has no such reservation.
    rsv_WyJTS1UtVkVSTUlMSU9OIiwiY2FydCJd: ['readReservation', 'confirmReservation', 'releaseReservation'],
    cmp_0000000000000000000000000000: ['readStockComparison', 'listStockDifferences'],
  }),
  ...sameParameter('message', { parked: ['editParked', 'releaseParked', 'skipParked'] }),
  ...sameParameter('partner', { VERMILION: ['readPartner', 'testPartner'] }),
  acceptInbound: { connection: 'main-erp' },
  revokeTrackingLink: { id: 'shipment', link: 'link' },
  removeSuppression: { recipient: 'rcp_00000000000000000000000000' },
  // A question that the hub asks of every company.
  ...sameParameter('id', { '=acknowledgements-overdue': ['readCheck', 'readCheckHistory', 'listCheckRows'] }),
  listMasterData: { kind: '=items' },
  importMasterData: { kind: '=items' },
  listMasterDataVersions: { kind: '=items', key: 'ITEM-VERMILION' },
  readMasterData: { kind: '=items', key: 'ITEM-VERMILION' },
  putMasterData: { kind: '=items', key: 'ITEM-VERMILION' },
}

/** Searches for what the other company has. */
export const queries: Readonly<Record<string, string>> = {
  readTrace: '?reference=SO-VERMILION',
  listShipments: '?reference=1ZVERMILION',
  listOrders: '?reference=SO-VERMILION',
  readAvailability: '?sku=SKU-VERMILION',
  listBalances: '?sku=SKU-VERMILION',
  listEffects: '?target=main-erp',
  listParked: '?connection=main-wms',
  listTransmissions: '?connection=main-partner',
}

type Ids = ReadonlyMap<string, string>
const why = { reason: 'because of the matrix' }
const release = { name: 'release', label: 'Release', consequence: 'It can be sold.' }

/** A body that the route takes, naming what is the other company's wherever it can be named. */
export const bodies: Readonly<Record<string, (ids: Ids) => unknown>> = {
  acceptInbound: () => ({}),
  applyNetwork: () => ({ source: 'matrix', files: [] }),
  planNetwork: () => ({ source: 'matrix', files: [] }),
  assignTask: () => ({ assignee: 'Cobalt' }),
  beginSecondFactor: () => ({ password: 'four green trams at dawn' }),
  changePassword: () => ({ old: 'four green trams at dawn', new: 'five green trams at dawn' }),
  changePerson: () => ({ name: 'Cobalt' }),
  changeSubscription: () => ({ state: 'paused' }),
  confirmReservation: () => ({ kind: 'hard' }),
  confirmSecondFactor: () => ({ code: '000000' }),
  createClient: () => ({ name: 'cobalt', method: 'client_secret_basic', scopes: ['shipments:read'] }),
  createKey: () => ({ name: 'cobalt', scopes: ['shipments:read'] }),
  createPoll: () => ({ connection: 'main-erp', trackingNumber: '1ZVERMILION' }),
  createReconciliation: () => ({ connection: 'main-erp' }),
  createReplay: (ids) => ({ messages: [ids.get('message')], dryRun: false }),
  createReservation: () => ({ sku: 'SKU-COBALT', quantity: '1', uom: 'EA', kind: 'soft' }),
  createStockComparison: () => ({ connection: 'main-erp' }),
  createSubscription: () => ({ url: 'https://cobalt.example/matrix' }),
  createSuppression: () => ({ channel: 'main-erp', address: 'someone@company.example' }),
  createTask: () => ({ name: 'inspect-lot', role: 'quality', question: 'Dry?', decisions: [release] }),
  createTrackingLink: () => ({}),
  createWebhookRegistration: () => ({ connection: 'main-erp', url: 'https://cobalt.example/' }),
  decideEffect: () => ({ action: 'cancel', ...why }),
  decideProcess: () => ({ action: 'cancel', ...why }),
  decideTask: () => ({ decision: 'release' }),
  decideTransmission: () => ({ action: 'close', ...why }),
  editParked: () => ({ ...why, body: '{}' }),
  importMasterData: () => ({ rows: [{ sku: 'ITEM-COBALT', baseUom: 'C62' }] }),
  invitePerson: () => ({ email: 'matrix@cobalt.example', name: 'Matrix', roles: ['viewer'] }),
  noteTask: () => ({ text: 'Seen.' }),
  previewNotification: () => ({ event: 'task_opened' }),
  putMasterData: () => ({ sku: 'ITEM-VERMILION', baseUom: 'C62' }),
  readAvailabilities: () => ({ skus: ['SKU-VERMILION'] }),
  releaseParked: () => why,
  recoverSubscription: () => ({ since: '2026-04-01T11:00:00Z' }),
  rotateClient: () => ({}),
  skipParked: () => why,
  verifyAudit: () => ({}),
}

function sameParameter(
  parameter: string,
  things: Readonly<Record<string, readonly string[]>>,
): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(things).flatMap(([thing, operations]) => operations.map((one) => [one, { [parameter]: thing }])),
  )
}
