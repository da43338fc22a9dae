/** Header of a request that hands a document over: its hub id, for a transport that learns later what became of it. It never leaves the hub. */
export const documentHeader = 'interline-document'
