/** So long a connection may stay silent after an answer: longer than the minute after which most senders and proxies close theirs. */
export const keepAliveSeconds = 72
