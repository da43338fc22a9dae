/** Type of the fact that an object reached a status: `<entity>.<status>`, but for a few that the field calls otherwise. */
export function documentFactName(entity: string, status: string): string {
  const name = `${entity}.${status}`
  return others[name] ?? name
}

const others: Readonly<Record<string, string>> = {
  'appointment.at_dock': 'appointment.checked_in',
  'goods_receipt.open': 'goods_receipt.opened',
  'order.on_hold': 'order.held',
  'quality_hold.scrapped': 'quality_hold.rejected',
}
