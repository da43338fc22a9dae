import { type DialOptions, systemResolver } from './dial.ts'

/** A line to the servers that tests start on this machine. */
export const loopbackLine: DialOptions = {
  allowHttp: false,
  allowedCidrs: ['127.0.0.0/8'],
  resolver: systemResolver,
  connectMs: 5000,
  isOwn: () => false,
}
