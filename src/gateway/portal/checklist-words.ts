/** What is done next at each step from nothing to live. */
export const checklistActions = {
  connection: 'We declare a connection for you.',
  people: 'We invite somebody of you, by a link.',
  credentials: 'Make a key below, or send us the public key of a client.',
  trial: 'Try a document of each connection below.',
  first_message: 'Send a first document.',
  nothing_waits: 'Solve what waits: see your messages.',
  certificates: 'Upload the next certificate below: one ends soon.',
} as const
/** What has to be done before a partner is live, in the order of the table. */
export type ChecklistStepName = keyof typeof checklistActions
