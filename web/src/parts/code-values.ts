/** Codes that the model knows, in the order in which they are proposed. A test holds them against the model. */
export const codeValues = {
  shipments: [
    ...['planned', 'tendered', 'booked', 'picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup'],
    ...['delivered', 'returning', 'returned', 'cancelled', 'lost', 'disposed'],
  ],
  orders: [
    ...['received', 'accepted', 'on_hold', 'partially_allocated', 'allocated', 'backordered', 'released'],
    ...['partially_shipped', 'shipped', 'delivered', 'closed', 'cancelled', 'rejected'],
  ],
  deliveries: [
    ...['created', 'released', 'acknowledged', 'picking', 'picked', 'packed', 'staged', 'goods_issued', 'cancelled'],
  ],
  receipts: ['open', 'posted', 'reversed'],
  returns: [
    ...['provisional', 'requested', 'authorized', 'rejected', 'label_issued', 'in_transit', 'received', 'inspecting'],
    ...['dispositioned', 'credited', 'closed', 'expired', 'cancelled'],
  ],
  invoices: [
    ...['not_due', 'pending_pod', 'blocked', 'ready', 'released', 'issued', 'sent', 'disputed', 'partially_paid'],
    ...['paid', 'credited', 'cancelled'],
  ],
  'freight-invoices': [
    ...['received', 'duplicate', 'unmatched', 'matched', 'variance', 'disputed', 'approved', 'short_paid', 'rejected'],
    ...['posted', 'paid', 'cancelled'],
  ],
  appointments: [
    ...['requested', 'confirmed', 'rescheduled', 'checked_in', 'at_dock', 'loading', 'completed', 'no_show'],
    ...['cancelled'],
  ],
  stock: ['available', 'quality_hold', 'damaged', 'blocked', 'expired', 'returned_pending'],
  effects: ['queued', 'sending', 'awaiting', 'unknown', 'applied', 'refused', 'parked', 'cancelled'],
  exceptions: [
    ...['delayed', 'on_hold', 'customs_hold', 'documentation', 'payment_required', 'address_problem'],
    ...['recipient_unavailable', 'delivery_attempt_failed', 'refused', 'damaged', 'shortage', 'overage'],
    ...['lost_suspected', 'lost', 'theft', 'misrouted', 'weather', 'mechanical', 'accident', 'road_conditions'],
    ...['capacity', 'missed_cutoff', 'pickup_failed', 'tender_declined', 'restricted', 'overweight'],
    ...['facility_problem', 'closed', 'customer_request', 'temperature', 'security', 'other', 'tracking_stale'],
    ...['late_vs_promise', 'missing_pod', 'missing_pickup', 'missing_tracking_number', 'scan_after_delivery'],
    ...['scan_after_void', 'cancel_after_pickup', 'shipped_without_scan', 'scan_without_ship_confirm'],
    ...['summary_conflict', 'future_event', 'tender_unanswered', 'acknowledgement_mismatch', 'document_rejected'],
    ...['document_unacknowledged', 'document_unanswered', 'document_unsent', 'documents_differ'],
    ...['transport_receipt_mismatch', 'transport_receipt_overdue', 'transport_receipt_refused'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>
