import { expect } from 'vitest'
import { eventually, type HubAnswer, HubProcess, type HubProcessOptions } from '../hub-process.ts'
import { ApiDocument, type OpenapiDocument } from './api-document.ts'
import { signed } from './senders.ts'

/** A hub whose every answer is compared with the document that it serves. */
export class AskedHub {
  readonly hub: HubProcess
  readonly api: ApiDocument

  static async start(options: HubProcessOptions): Promise<AskedHub> {
    const hub = await HubProcess.start(options)
    return new AskedHub(hub, new ApiDocument((await hub.call('GET', '/openapi.json')).json() as OpenapiDocument))
  }

  private constructor(hub: HubProcess, api: ApiDocument) {
    this.hub = hub
    this.api = api
  }

  readonly ask = async (...parameters: Parameters<HubProcess['call']>): Promise<HubAnswer> => {
    const answer = await this.hub.call(...parameters)
    expect(this.api.judge(parameters[0], parameters[1], answer)).toEqual([])
    return answer
  }

  /** As the carrier does it. */
  readonly send = (body: string | Uint8Array, headers: Record<string, string> = jsonType): Promise<HubAnswer> =>
    this.ask('POST', '/v1/inbound/carrier', { body, headers: { ...headers, ...signed(body) } })

  /** Id of the shipment with this reference, once the lists know it. */
  async shipment(reference: string): Promise<string> {
    const page = await eventually(
      async () => (await this.ask('GET', `/v1/shipments?reference=${reference}`)).json() as { data: { id: string }[] },
      ({ data }) => data.length > 0,
    )
    return page.data[0]?.id ?? ''
  }
}

export const jsonType = { 'content-type': 'application/json' }

/** The answer is this problem. */
export async function expectProblem(answer: Promise<HubAnswer>, status: number, code: string): Promise<HubAnswer> {
  const found = await answer
  expect(found.json()).toMatchObject({ code, status })
  return found
}
