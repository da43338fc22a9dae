const monthly = { period: 'month', timeZone: 'Europe/Berlin', owner: 'finance' }

/** The systems around the hub of which every route is asked. */
export function askedNetwork(erp: string): object {
  return {
    // One that is nowhere: nobody may go there, and nobody is kept waiting.
    identityProviders: [{ name: 'staff', title: 'Example ID', issuer: 'https://127.0.0.1:9', clientId: 'interline' }],
    slas: [
      { ...monthly, sla: 'erp-postings', measure: 'posting', percent: '99.5', withinMinutes: 1, connection: 'erp' },
    ],
    connections: [
      // What is to be registered there never leaves: it is always in maintenance.
      {
        id: 'carrier',
        tenant: 'main',
        connector: 'easypost',
        settings: { webhookSecret: 'carrier-secret' },
        maintenance: ['00:00-12:00', '12:00-00:00'],
      },
      { id: 'warehouse', tenant: 'main', connector: 'generic-wms', settings: {} },
      // Never asked in earnest: it is always in maintenance.
      {
        id: 'dhl',
        tenant: 'main',
        connector: 'dhl',
        settings: { webhookToken: 'none' },
        polling: { minutes: 60 },
        maintenance: ['00:00-12:00', '12:00-00:00'],
      },
      {
        id: 'erp',
        tenant: 'main',
        connector: 'generic-erp',
        settings: { url: erp },
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8'],
      },
      // A channel that never answers.
      {
        id: 'shop',
        tenant: 'main',
        connector: 'generic-shop',
        settings: { url: 'http://127.0.0.1:9' },
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8'],
      },
      // A mail server that never answers.
      {
        id: 'post-office',
        tenant: 'main',
        connector: 'mail',
        settings: { host: '127.0.0.1', port: 9, from: 'hub@company.example' },
        allowedCidrs: ['127.0.0.0/8'],
      },
      // Nobody listens there: what goes to it stays in the ledger.
      {
        id: 'partner',
        tenant: 'main',
        connector: 'edi-partner',
        settings: { partnerId: 'PARTNER', ownId: 'HUB', url: 'http://127.0.0.1:9' },
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8'],
      },
    ],
    channels: [{ target: 'shop', locations: ['DC1', 'N-1', 'OUT'], thresholds: ['0', '10'] }],
    notifications: [
      {
        name: 'watchers',
        tenant: 'main',
        audience: 'staff',
        events: ['alert_fired', 'alert_resolved'],
        target: 'post-office',
        recipients: ['watch@company.example'],
      },
      {
        name: 'desk',
        audience: 'staff',
        events: ['task_opened'],
        target: 'post-office',
        recipients: ['desk@company.example'],
      },
    ],
    notificationTexts: [
      {
        event: 'shipment_lost',
        locale: 'fr',
        subject: 'Perdu : {{number}}',
        text: 'La commande {{number}} est perdue.',
      },
    ],
    processes: [
      { process: 'order-to-ship', tenant: 'main' },
      { process: 'ship-to-invoice', tenant: 'main', policy: { proofRequired: 'pod_document' } },
    ],
    routes: [
      { command: 'adjust_inventory', target: 'erp', tenant: 'main' },
      { command: 'post_goods_issue', target: 'erp', tenant: 'main' },
      { command: 'release_delivery', target: 'partner', tenant: 'main' },
    ],
  }
}
