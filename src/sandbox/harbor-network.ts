import { join, resolve } from 'node:path'
import { harborLocation } from './harbor-documents.ts'

/** Where the partner's two folders are. */
export function harborFolder(directory: string): string {
  return join(resolve(directory), 'harbor')
}

/** How a hub is connected to the warehouse at the harbor: orders as 940 out, everything else in, both sides acknowledged. */
export function harborNetwork(directory: string): Readonly<Record<string, unknown>> {
  const folder = harborFolder(directory)
  const place = { connection: 'harbor', protocol: 'folder' }
  return {
    partner: {
      id: 'harbor',
      name: 'Harbor Fulfilment',
      role: '3pl',
      notes: 'Simulated: it speaks X12 over two folders.',
      sla: { quietDays: 2 },
    },
    connections: [{ id: 'harbor', connector: 'edi-partner' }],
    agreements: [
      {
        connection: 'harbor',
        partnerId: 'HARBOR',
        ownId: 'MERIDIAN',
        location: harborLocation,
        carrier: 'freightwest',
      },
    ],
    pickUps: [
      { ...place, path: join(folder, 'out'), names: ['*.edi'], ediTrailer: true, settledLooks: 1, everySeconds: 1 },
    ],
    drops: [{ ...place, path: join(folder, 'in') }],
    routes: [
      { command: 'release_delivery', target: 'harbor', when: { location: harborLocation } },
      { command: 'acknowledge_interchange', target: 'harbor', when: { connection: 'harbor' } },
    ],
  }
}
