import type { Operation } from '../kit/connector.ts'
import { readAnswer } from './answer.ts'
import { instructionKinds, type WarehouseCommand } from './contract.ts'

/** `PUT /instructions/{externalReference}`: one instruction under our reference; the same call again changes nothing. */
export function instruction(command: WarehouseCommand): Operation<unknown> {
  const kind = instructionKinds[command]
  return {
    command,
    write: true,
    ask: ({ payload, externalReference }) => ({
      method: 'PUT',
      path: `/instructions/${encodeURIComponent(externalReference)}`,
      contentType: 'application/json',
      body: JSON.stringify({ ...(payload as object), kind, externalReference }),
    }),
    read: readAnswer,
    idempotency: { strategy: 'upsert-by-external-id' },
  }
}
