import type { PersonalMessage } from '../../model/notification/personal-message.ts'
import type { Operation, Reading as Outcome, Reply } from '../kit/connector.ts'

interface Settings {
  readonly webhookUrl: string
  readonly shape: string
}

/** One message to one channel. Incoming webhooks know no repetition: where the answer is lost, a person decides whether to send it again. */
export const send: Operation<Settings> = {
  command: 'notify_party',
  write: true,
  ask: ({ payload }, { webhookUrl, shape }) => ({
    method: 'POST',
    url: webhookUrl,
    contentType: 'application/json',
    body: JSON.stringify(
      shape === 'teams' ? teamsCard(payload as PersonalMessage) : slackMessage(payload as PersonalMessage),
    ),
  }),
  read,
  idempotency: { strategy: 'none' },
  definitive: { notDone: [503] },
  discloses: ['webhookUrl'],
}

/** Slack cuts a text off after 40,000 characters and a section after 3,000; nobody reads that much in a chat. */
const textMost = 2900

/** Mentions and links begin with `<`, so that none can come out of a value; formatting characters change the looks of a word at most. */
function slackMessage({ subject, text }: PersonalMessage): object {
  const title = cut(escapeSlack(subject))
  const body = cut(escapeSlack(text))
  return {
    text: `${title}\n${body}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${title.replaceAll('*', '∗')}*` } },
      { type: 'section', text: { type: 'mrkdwn', text: body } },
    ],
    unfurl_links: false,
  }
}

/** An adaptive card, as workflows of Teams take it. */
function teamsCard({ subject, text, language }: PersonalMessage): object {
  const block = (content: string, more: object) => ({
    type: 'TextBlock',
    text: cut(escapeTeams(content)),
    wrap: true,
    ...more,
  })
  const body = [
    block(subject, { weight: 'Bolder', size: 'Medium' }),
    ...text
      .split(/\n+/)
      .filter(Boolean)
      .slice(0, 50)
      .map((one) => block(one, {})),
  ]
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    lang: language,
    body,
  }
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] }
}

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Links, emphasis, lists and headings are Markdown there; a mention is `<at>`. */
function escapeTeams(text: string): string {
  return text.replaceAll(/[\\`*_[\]()#~|]/g, String.raw`\$&`).replaceAll('<', '&lt;')
}

function cut(text: string): string {
  return text.length > textMost ? `${text.slice(0, textMost - 1)}…` : text
}

function read({ status }: Reply): Outcome {
  if (status >= 200 && status < 300) return { outcome: 'applied' }
  if (status === 404 || status === 410)
    return { outcome: 'refused', reason: `The channel is gone (${status}): make another webhook.` }
  if (status >= 400 && status < 500) return { outcome: 'refused', reason: `The chat refused the message (${status}).` }
  return { outcome: 'unclear', reason: `The chat answered ${status}.` }
}
