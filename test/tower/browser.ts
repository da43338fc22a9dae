import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Where Debian and Ubuntu install it; `npm run setup:chromium`. */
const executablePath = '/usr/bin/chromium'

/** Why there is no browser; undefined when there is one. */
export const noBrowser = existsSync(executablePath)
  ? undefined
  : 'Chromium is missing: npm run setup:chromium installs it'

/** How a browser draws maps: without a graphics card, or not at all. */
const drawing = {
  'as ever': ['--disable-gpu'],
  maps: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  'no maps': ['--disable-gpu', '--disable-3d-apis'],
}

/** A real browser that notes everything that a page must not do. */
export class Visitor {
  readonly page: Page
  /** Errors on the console, faults of scripts, and requests to anywhere but the hub. */
  readonly faults: string[] = []
  readonly #context: BrowserContext
  readonly #close: () => Promise<void>

  static async arrive(
    origin: string,
    options: {
      readonly locale?: string
      readonly scripts?: boolean
      readonly draws?: keyof typeof drawing
      readonly zone?: string
    } = {},
  ): Promise<Visitor> {
    const browser = await chromium.launch({
      executablePath,
      args: [
        ...drawing[options.draws ?? 'as ever'],
        ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
        ...['--disable-component-update', '--disable-sync'],
      ],
    })
    const context = await browser.newContext({
      baseURL: origin,
      locale: options.locale ?? 'en-GB',
      javaScriptEnabled: options.scripts ?? true,
      ...(options.zone === undefined ? {} : { timezoneId: options.zone }),
    })
    return new Visitor(await context.newPage(), context, { origin, close: () => browser.close() })
  }

  private constructor(page: Page, context: BrowserContext, more: { origin: string; close: () => Promise<void> }) {
    this.page = page
    this.#context = context
    this.#close = more.close
    page.on('pageerror', (error) => this.faults.push(`script: ${error.message}`))
    page.on('console', (message) => {
      // A refusal is shown on the page; the browser says it on the console, too.
      if (message.type() === 'error' && !/the server responded with a status of 4/.test(message.text()))
        this.faults.push(`console: ${message.text()}`)
    })
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== more.origin) this.faults.push(`request: ${request.url()}`)
    })
  }

  /** What keeps somebody from using the page, by WCAG 2.2 AA. */
  async obstacles(): Promise<readonly string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }

  /** From now on the hub says that these addresses may not be read without this scope. */
  async refuse(addresses: string, scope: string): Promise<void> {
    const problem = {
      type: 'about:blank',
      title: 'Not allowed',
      status: 403,
      detail: `${scope} is missing.`,
      instance: '',
      code: 'SCOPE_MISSING',
      traceId: 'abc',
      retryable: false,
      nextAction: 'Ask for it.',
    }
    await this.page.route(addresses, (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    )
  }

  /** Waits until nothing on the page is still being asked for. */
  async settled(): Promise<void> {
    for (const words of ['Loading …', 'Drawing the map …'])
      await this.page.getByText(words).first().waitFor({ state: 'hidden' })
  }

  cookies(): ReturnType<BrowserContext['cookies']> {
    return this.#context.cookies()
  }

  close(): Promise<void> {
    return this.#close()
  }
}
