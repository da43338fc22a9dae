/** Names of the tests of test/architecture.test.ts. */
export const architecture = {
  something: 'there is something to check',
  rooms: 'every room imports only what the table allows',
  connectors: 'no connector imports another connector',
  packages: 'pure rooms import only packages without I/O',
  pages: 'the pages know nothing of the hub but its API',
  lists: 'every folder that belongs to a list is in the list',
  sockets: 'sockets are opened only by the guarded client, the server and the simulated world',
  globals: 'global fetch, WebSocket and EventSource are used nowhere',
  environment: 'the environment is read in one place',
  machine: 'flow and backbone take time and randomness as ports',
  tables: 'only the backbone writes log and ledger, only the views write views, only registry and watch their tables',
}

/** Names of the tests of test/tidy.test.ts. */
export const tidy = {
  words: 'no banned word is written',
  length: 'no file is longer than 400 lines, and most are short',
  size: 'no file in the repository is larger than 100 KB, except what is generated',
  goldens: 'every golden file has its other half, its source and a test that reads it',
  head: 'what is generated says so in its head',
  sentences: 'every export is explained in a sentence',
  repeated: 'no sentence of an export only says its name again',
  links: 'every link between documents leads somewhere',
  landed: 'landed migrations never change',
  signals: 'everything that is declared to happen is told by somebody',
  personal: 'no log line and no metric has a field for something personal',
  versions: 'every version in package.json is exact',
  meant: 'every setting and every error is for something',
  used: 'every package that ships is used by what ships',
  scripts: 'every install script of a package was judged by a person',
  licences: 'everything that ships has a licence that may ship',
}

/** Names of the tests of test/generated.test.ts. */
export const generated = {
  same: 'the committed files are what the declarations say',
  meant: 'every field of the model, and every code, says what it means',
  carried: 'every command of a process is carried out by a connector, or it is said why not',
}
