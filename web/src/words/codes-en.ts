/** Codes of the hub that are no words of English when they are written with spaces. */
export const englishCodes: Readonly<Record<string, string>> = {
  attach_pod: 'attach proof of delivery',
  asn: 'ship notice',
  bol: 'bill of lading',
  eta_changed: 'estimate changed',
  missing_pod: 'proof of delivery is missing',
  pod: 'proof of delivery',
  pod_received: 'proof of delivery received',
  'ship-to-invoice.pod-request': 'carrier to be asked for the proof of delivery',
  tracking_stale: 'nothing heard for too long',
  late_vs_promise: 'later than promised',
}
