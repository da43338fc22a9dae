import type { Message } from './step.ts'

/** Of a message whose bytes were erased because they told of somebody. */
export const erasedContentType = 'application/vnd.interline.erased'

/** The place of a message without what it said: its offset, its identity and when it came stay, so nothing around it moves. */
export function tombstoneOf(message: Message): Message {
  return { ...message, body: new TextEncoder().encode('[erased]'), contentType: erasedContentType, headers: {} }
}

/** Whether nobody knows any more what a message said. */
export function isErased({ contentType }: Pick<Message, 'contentType'>): boolean {
  return contentType === erasedContentType
}
