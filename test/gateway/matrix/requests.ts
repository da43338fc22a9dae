/**
 * What each parameter of a route is filled with: the name of a thing of the other company, or `=` and a value that everybody may know. A route
 * with a parameter that is not here fails the matrix.
 */
export const paths: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...sameParameter('id', {
    alert: ['readAlertRule', 'changeAlertRule', 'removeAlertRule', 'muteAlertRule', 'unmuteAlertRule'],
    appointment: ['readAppointment', 'readAppointmentTimeline'],
    client: ['rotateClient', 'revokeClient'],
    delivery: ['readDelivery', 'readDeliveryTimeline'],
    effect: ['readEffect', 'decideEffect'],
    freight_invoice: ['readFreightInvoice', 'readFreightInvoiceTimeline'],
    goods_receipt: ['readGoodsReceipt', 'readGoodsReceiptTimeline'],
    invoice: ['readInvoice', 'readInvoiceTimeline'],
    key: ['revokeKey'],
    message: ['readMessage', 'readMessageSegments', 'readRawMessage'],
    order: ['readOrder', 'readOrderTimeline'],
    process: ['readProcessInstance', 'readProcessTimeline', 'readProcessChart', 'decideProcess'],
    person: ['changePerson', 'linkPerson', 'endSessionsOfPerson', 'resetSecondFactor', 'unlinkPerson'],
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
  ...sameParameter('partner', { VERMILION: ['readPartner', 'testPartner', 'readPartnerStanding'] }),
  ...sameParameter('connection', { 'main-erp': ['tryDocument', 'listConnectionMessages'] }),
  acceptInbound: { connection: 'main-erp' },
  readException: { id: 'exception' },
  removeView: { id: 'view' },
  readErasure: { id: 'erasure' },
  ...sameParameter('connection', { 'main-erp': ['pauseFlow', 'resumeFlow', 'resetBreaker'] }),
  ...sameParameter('connection', {
    'main-erp': ['pauseFlow', 'resumeFlow', 'resetBreaker', 'drainFlow', 'endDrainFlow'],
  }),
  revokeTrackingLink: { id: 'shipment', link: 'link' },
  removeSuppression: { recipient: 'rcp_00000000000000000000000000' },
  // A question that the hub asks of every company.
  ...sameParameter('id', { '=acknowledgements-overdue': ['readCheck', 'readCheckHistory', 'listCheckRows'] }),
  ...sameParameter('id', { 'VERMILION-postings': ['readSla', 'listSlaPeriods', 'listSlaMisses'] }),
  // What is agreed through a connection.
  ...sameParameter('id', { 'edi:main-partner': ['readContract', 'listContractVersions', 'changeContract'] }),
  listMasterData: { kind: '=items' },
  importMasterData: { kind: '=items' },
  listMasterDataVersions: { kind: '=items', key: 'ITEM-VERMILION' },
  readMasterData: { kind: '=items', key: 'ITEM-VERMILION' },
  putMasterData: { kind: '=items', key: 'ITEM-VERMILION' },
}

/** Searches for what the other company has. */
export const queries: Readonly<Record<string, string>> = {
  readFlowHistory: '?connection=main-erp',
  readTrace: '?reference=SO-VERMILION',
  listShipments: '?reference=1ZVERMILION',
  listShipmentPositions: '?reference=1ZVERMILION',
  listOrders: '?reference=SO-VERMILION',
  readAvailability: '?sku=SKU-VERMILION',
  listBalances: '?sku=SKU-VERMILION',
  listEffects: '?target=main-erp',
  listExceptions: '?object=main-wms',
  listExceptionAges: '?connection=main-wms',
  listParked: '?connection=main-wms',
  listMessages: '?connection=main-wms',
  listTransmissions: '?connection=main-partner',
  listSavedViews: '?list=/shipments',
}

type Ids = ReadonlyMap<string, string>
const why = { reason: 'because of the matrix' }
const release = { name: 'release', label: 'Release', consequence: 'It can be sold.' }

/** A body that the route takes, naming what is the other company's wherever it can be named. */
export const bodies: Readonly<Record<string, (ids: Ids) => unknown>> = {
  acceptInbound: () => ({}),
  acknowledgeExceptions: (ids) => ({ ids: [`task:${ids.get('task')}`, 'parked:main-wms:MAP_FAILED'], note: 'Known.' }),
  applyNetwork: () => ({ source: 'matrix', files: [] }),
  planNetwork: () => ({ source: 'matrix', files: [] }),
  assignTask: () => ({ assignee: 'Cobalt' }),
  beginSecondFactor: () => ({ password: 'four green trams at dawn' }),
  changeAlertRule: () => ({ name: 'Cobalt', check: 'stale-feeds' }),
  changeContract: () => ({ state: 'deprecated', ...why }),
  checkContracts: () => ({ files: [{ path: 'facts/order.received.json', text: '{}' }] }),
  changePassword: () => ({ old: 'four green trams at dawn', new: 'five green trams at dawn' }),
  changePerson: () => ({ name: 'Cobalt' }),
  changeSubscription: () => ({ state: 'paused' }),
  confirmReservation: () => ({ kind: 'hard' }),
  confirmSecondFactor: () => ({ code: '000000' }),
  createAlertRule: () => ({ name: 'Cobalt', check: 'stale-feeds' }),
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
  createErasure: () => ({ person: { reference: 'SO-VERMILION' }, ...why }),
  previewErasure: () => ({ person: { reference: 'SO-VERMILION' } }),
  repeatErasures: (ids) => ({
    entries: [{ id: 'ers_0', objects: [ids.get('order')], salt: '0123456789abcdef', prints: [] }],
    ...why,
  }),
  exportPerson: () => ({ person: { reference: 'SO-VERMILION' } }),
  importMasterData: () => ({ rows: [{ sku: 'ITEM-COBALT', baseUom: 'C62' }] }),
  invitePerson: () => ({ email: 'matrix@cobalt.example', name: 'Matrix', roles: ['viewer'] }),
  muteAlertRule: () => ({ until: new Date(Date.now() + 3_600_000).toISOString(), ...why }),
  noteTask: () => ({ text: 'Seen.' }),
  previewNotification: () => ({ event: 'task_opened' }),
  putMasterData: () => ({ sku: 'ITEM-VERMILION', baseUom: 'C62' }),
  readAvailabilities: () => ({ skus: ['SKU-VERMILION'] }),
  releaseExceptions: (ids) => ({ ids: [`shipment:${ids.get('shipment')}`] }),
  drainFlow: () => why,
  endDrainFlow: () => why,
  pauseFlow: () => ({ stage: 'dispatch', ...why }),
  resumeFlow: () => ({ stage: 'dispatch', ...why }),
  resetBreaker: () => why,
  releaseParked: () => why,
  recoverSubscription: () => ({ since: '2026-04-01T11:00:00Z' }),
  rotateClient: () => ({}),
  saveView: () => ({ list: '/shipments', name: 'cobalt', search: '' }),
  rotateSecrets: () => ({ key: 'master', ...why }),
  showCode: () => ({ code: '000000' }),
  skipParked: () => why,
  takeExceptions: (ids) => ({ ids: [`shipment:${ids.get('shipment')}`, 'parked:main-wms:MAP_FAILED'], takeOver: true }),
  testAlertRule: () => ({ name: 'Cobalt', check: 'stale-feeds' }),
  tryDocument: () => ({ content: 'e30=' }),
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
