/** Types of facts that say where a return stands. */
export const returnFacts = [
  'return.requested',
  'return.provisional',
  'return.authorized',
  'return.changed',
  'return.inspecting',
  'return.dispositioned',
  'return.received',
  'return.rejected',
  'return.cancelled',
] as const
/** Types of facts that show goods of the return move. */
export const goodsFacts = ['inventory.movement_posted', 'inventory.movement_reversed'] as const
