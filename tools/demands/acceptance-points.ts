import { type Demand, of } from '../proofs.ts'

const api = 'test/gateway/api'
const guard = 'src/transports/http/guard.int.test.ts'

/** The points by which the interfaces are accepted. */
export const acceptancePoints: readonly Demand[] = [
  {
    id: 'A1',
    title: 'A planted cross-room import, floating promise, dead package or contrast error is seen',
    proofs: of('test/planted/planted.test.ts', 'sees $name'),
    open: 'A dead export is a hint of `npm run check` (knip), not a verdict. No contrast error is planted: axe looks at the contrast of every screen in A16.',
  },
  {
    id: 'A2',
    title: 'A clean clone installs with strict scripts; all versions are exact; nothing is built natively',
    proofs: of(
      'test/tidy.test.ts',
      'every version in package.json is exact',
      'every install script of a package was judged by a person',
      'no package was compiled on this machine',
    ),
    open: 'The clean install itself is what `.ci/run` begins with.',
  },
  {
    id: 'A3',
    title: 'OpenAPI and AsyncAPI are generated and lint clean, every answer fits them, a breaking change is refused',
    proofs: [
      ...of('test/generated.test.ts', 'the committed files are what the declarations say'),
      ...of(
        'test/schemas.test.ts',
        'the API description is read without complaint',
        'the description of events is read without complaint',
      ),
      ...of(
        'test/gateway/http.e2e.test.ts',
        'every route has been asked, has answered as documented, and no message was lost on the way',
      ),
      ...of(
        'test/contracts/published.test.ts',
        'nothing that was published is broken; on purpose: node tools/publish-contracts.ts, and say so in changes/',
        'a planted break is found where it is:',
      ),
    ],
  },
  {
    id: 'A4',
    title: 'Every error is a problem with a documented type, a trace id and JSON pointers',
    proofs: [
      ...of(`${api}/every-route.ts`, 'refuses what it cannot read or answer', 'lists every violation with its place'),
      ...of('test/documents.test.ts', 'every error of the table is raised somewhere'),
      ...of(
        'test/gateway/fuzz.e2e.test.ts',
        'every operation answers as its document says: a problem with a code, never a stack, a secret or a 500',
      ),
    ],
  },
  {
    id: 'A5',
    title: 'Idempotency-Key: replayed, 409, 422 and 400; quoted and bare; over a restart and two instances',
    proofs: [
      ...of(`${api}/effects.ts`, 'are listed, explained, and decided once'),
      ...of(
        'test/gateway/tenants.e2e.test.ts',
        'of many same requests at once one does the work, and the others hear of it',
      ),
      ...of(
        'test/gateway/repetition.e2e.test.ts',
        'a subscription is made once, and its secret is the one that signs; rotated once, the secret before goes on signing',
        'keys, clients, people and rules are made once, and what is shown once is what counts',
        'a key without a value is refused, one of another request too, and one that is under way says when to come again',
      ),
      ...of(
        'test/gateway/repetition-declared.test.ts',
        'every operation that writes says what becomes of the same request sent twice, in the document too',
      ),
      ...of('test/gateway/quotas.e2e.test.ts', 'one Idempotency-Key at two instances at once makes one key'),
      ...of(
        'src/backbone/contract/stores.contract.ts',
        'the first answer to an idempotency key is given again, and another request with it is refused',
        'work that was begun and forgotten may be begun again',
      ),
    ],
  },
  {
    id: 'A6',
    title: 'RateLimit fields parse by the standard; 429 has the registered type; health is exempt; a budget is shared',
    proofs: [
      ...of(`${api}/every-route.ts`, 'says what is left of the quota'),
      ...of(
        'test/gateway/limits.e2e.test.ts',
        'who sends too much is told when to come again, and nobody else notices',
      ),
      ...of(`${api}/documents.ts`, 'probes and metrics need no key and are never limited'),
      ...of(
        'src/backbone/contract/stores.contract.ts',
        'a budget is shared, refills with time and waits when it is told to',
      ),
      ...of(
        'test/gateway/quotas.e2e.test.ts',
        'one client has a quota of its own, and two instances share it: each lets ten requests through beyond it, at most',
        'each instance says what is left for all',
      ),
      ...of('src/gateway/access/quota.test.ts', 'is not filled again by a restart'),
      ...of('src/flow/dispatch/allowance.test.ts', 'two instances together send no more than the account allows'),
    ],
  },
  {
    id: 'A7',
    title: 'CloudEvents in binary, structured and batch mode, checked against the official library; `dataref`',
    proofs: [
      ...of(
        'test/gateway/input.e2e.test.ts',
        'CloudEvents in binary and in structured mode, as the official library writes them, are one event',
        'each event of a batch is judged by itself, and its bytes are kept as they were',
        'what is declared as a CloudEvent and is none is refused',
      ),
      ...of(
        'src/connectors/webhook/cloud-event.test.ts',
        'is a CloudEvent for the official library, with every member in its place',
      ),
    ],
    open: 'Large events go inline: the hub neither writes nor follows `dataref`.',
  },
  {
    id: 'A8',
    title: 'Webhooks verify with the reference library; rotation, 410 and no redirects; requests never lead inside',
    proofs: [
      ...of(
        'src/transports/signature.test.ts',
        'are verified by the reference library',
        'carry one signature per secret during a rotation, and each receiver finds its own',
      ),
      ...of(
        'src/connectors/webhook/deliver.test.ts',
        'counts only a 2xx as delivered, and only a 410 as the wish to hear no more',
        'follows no redirect and says where it pointed, without what an address may tell',
      ),
      ...of(
        guard,
        'never reaches the inside through http://%s',
        'never reaches a metadata service at %s, though all networks are allowed',
        'a redirect (%i) is an answer, not an order',
        'is looked up once for each connection, and what was judged is what is dialled',
      ),
    ],
  },
  {
    id: 'A9',
    title: '`Deprecation`, `Sunset` and `Link`; use is counted per client',
    proofs: of(
      `${api}/contracts.ts`,
      'an operation that ends says so on each answer, says who still uses it, and is refused after its sunset',
    ),
  },
  {
    id: 'A10',
    title: 'A bound token is refused with another certificate or none; a forged header of a certificate is ignored',
    proofs: of(
      'test/access/bound-tokens.e2e.test.ts',
      'opens with that certificate, and is refused with another and with none',
      'is refused with a forged header of a certificate, on every door',
    ),
  },
  {
    id: 'A11',
    title: 'One trace from intake to the last delivery; a replay is linked; names of metrics are clean',
    proofs: [
      ...of(
        'test/gateway/signals.e2e.test.ts',
        'one trace goes from intake to the last delivery, over a retry from the ledger',
        'a replay is a trace of its own that is linked to the first',
      ),
      ...of('src/watch/signals.test.ts', 'every counter is counted by some signal, and its name follows the rules'),
    ],
  },
  {
    id: 'A12',
    title: '`If-Match` 412 and 428; cursors are stable',
    proofs: [
      ...of(`${api}/subscriptions.ts`, 'are made, changed by those who saw the newest version, rotated and ended'),
      ...of(`${api}/shipments.ts`, 'are paged without a gap or a repetition, and a cursor fits no other query'),
    ],
    open: 'No property test inserts and deletes between the pages.',
  },
  {
    id: 'A13',
    title: 'Not ready while draining; a newer database is refused; what was acknowledged outlives SIGTERM and kill -9',
    proofs: [
      ...of('test/gateway/limits.e2e.test.ts', 'a hub that stops takes nothing new, and finishes what it has begun'),
      ...of('src/backbone/postgres/migrate.int.test.ts', 'a database that a newer release has migrated is refused'),
      ...of(
        'test/chaos/chaos.e2e.test.ts',
        'two hubs under every fault lose nothing, double nothing and keep the order of each item',
      ),
    ],
  },
  {
    id: 'A14',
    title: 'A hostile map never stops or slows other flows',
    proofs: of(
      'src/app/network/network.test.ts',
      'no text of a partner brings it down, and what it says is always one of the codes',
    ),
    open: 'Nobody can hand the hub a map that it runs: maps are part of the program, overlays and code tables are data. The one expression that a user writes is the condition of an alert rule, in CEL, where nothing runs without end.',
  },
  {
    id: 'A15',
    title:
      'Leading zeros, large numbers and exponents come through CSV and JSON unchanged; hostile documents are refused',
    proofs: [
      ...of(
        'src/base/json.test.ts',
        'keeps numbers as they were written',
        'is accepted or refused exactly as RFC 8259 says, whatever the bytes',
      ),
      ...of(
        'src/connectors/generic-wms/file.test.ts',
        'keeps numbers as they are written: leading zeros of an item are part of its name',
      ),
    ],
    open: 'XML is stored as bytes and read by nobody: there is no XML parser in the hub that could expand an entity.',
  },
  {
    id: 'A16',
    title:
      'Every screen: accessible, by keyboard, with its empty and error states; 20,000 rows; a strict policy for content',
    proofs: [
      ...of(
        'test/tower/tower.e2e.test.ts',
        '%s is reached from the menu, and nothing on it keeps anybody out',
        'a page may load nothing from anywhere else, and scripts only as files of the hub',
      ),
      ...of('test/tower/keyboard-tasks.test.ts', 'every screen has a test that does its main task by keyboard'),
      ...of(
        'test/tower/lists.e2e.test.ts',
        'is put in an order by the hub, all of it; a column that the hub cannot sort by is no button',
        'stays quick with 20,000 rows',
        'says what it cannot show, and why: nothing that fits, a refusal, a hub that is gone',
      ),
    ],
  },
  {
    id: 'A17',
    title: 'At most 200 KB of scripts at first; a tracking page of at most 10 KB that needs no script',
    proofs: [
      ...of('test/tower/size.test.ts', 'begins with at most 200 KB of scripts and 50 KB of styles, packed'),
      ...of(
        'test/tower/tracking-page.e2e.test.ts',
        'leads to a page that nothing keeps, finds, frames or runs in, of at most 10 KB and without a script',
      ),
    ],
  },
  {
    id: 'A18',
    title: 'The live stream goes on after a restart without loss; silence is said',
    proofs: [
      ...of(
        'test/scenarios/live-stream.e2e.test.ts',
        'loses nothing and goes on where it was when the hub is killed and starts again',
      ),
      ...of(
        'test/tower/live.e2e.test.ts',
        'silence is said, and the page looks by itself until the hub is heard again',
      ),
    ],
  },
  {
    id: 'A19',
    title: 'A replay of 100,000: preview, progress, pause, cancel, resume after a restart, a file of failures',
    proofs: of(
      'test/scenarios/bulk-replay.e2e.test.ts',
      'is looked at first: how much it is, and that nothing would leave',
      'is paused, outlives the hub, goes on where it was and ends with the same stock',
      'is cancelled for good',
      'says in a file what it could not do',
    ),
  },
  {
    id: 'A20',
    title: 'Demonstration data soon after the install; the commands of the tutorial work as they are written',
    proofs: [
      ...of('test/tutorial.e2e.test.ts', 'every step of the first integration does what the page says'),
      ...of(
        'test/scenarios/first-five-minutes.e2e.test.ts',
        'the first five minutes of the README are as they are written',
      ),
    ],
    open: 'That it takes less than 60 seconds is measured by `bench/first-minute.ts`, not judged by a test.',
  },
  {
    id: 'A21',
    title: 'Only licences that may ship; a bill of materials',
    proofs: of('test/tidy.test.ts', 'everything that ships has a licence that may ship'),
    open: 'There has been no release yet, and so no bill of materials: `npm sbom` writes one.',
  },
]
