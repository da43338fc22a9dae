import { customerEvents } from './customer-events.ts'
import type { NotificationEvent } from './happening.ts'
import { staffEvents } from './staff-events.ts'

/** Every kind of news, customers first, each alphabetical. */
export const notificationEvents: readonly NotificationEvent[] = [...customerEvents, ...staffEvents]
