import { type Demand, of } from '../proofs.ts'

const api = 'test/gateway/api'
const matrix = 'test/gateway/matrix.e2e.test.ts'
const guard = 'src/transports/http/guard.int.test.ts'

/** The OWASP API Security Top 10 of 2023. */
export const owaspItems: readonly Demand[] = [
  {
    id: 'API1',
    title: 'Broken object level authorization',
    proofs: [
      ...of(
        matrix,
        'every route is in the matrix, with something of the other company for each of its parameters',
        'another company sees nothing, counts nothing and changes nothing',
        "what is another company's is answered like what nobody has",
        'whoever it belongs to gets it: the ids of the matrix are real',
      ),
      ...of(
        'test/gateway/partners.e2e.test.ts',
        'each partner reads those objects, and to it the others are what nobody has',
      ),
      ...of('src/backbone/postgres/walls.int.test.ts', 'sees one tenant, whatever its statement asks for'),
      ...of(
        'test/scenarios/live-stream.e2e.test.ts',
        'tells nobody what belongs to another tenant, or what their scopes do not allow',
      ),
    ],
  },
  {
    id: 'API2',
    title: 'Broken authentication',
    proofs: [
      ...of(
        `${api}/people.ts`,
        'nobody learns who exists, and admin/admin opens nothing',
        'a session is a cookie that only a page of the hub can use for changes',
        'a forgotten password is a new link; a changed one ends all other sessions',
        'a second factor is asked for, each code counts once, and a recovery code stands for the lost device',
        'who guesses has to wait, and locks nobody else out',
      ),
      ...of(
        'test/access/tokens.e2e.test.ts',
        'is refused unsigned, and signed with the public key as if it were a secret',
        'is refused when somebody else signed it, whatever its head says',
        'that was revoked on another instance ends here within seconds',
        'in the address of a request is nothing',
      ),
      ...of('test/access/identity-providers.e2e.test.ts', 'a new sign-in leaves the session before it behind'),
      ...of(
        'test/access/identity-attacks.e2e.test.ts',
        '%s proves nothing',
        'is for the browser that began, and for what it began',
      ),
      ...of('test/gateway/bad-input.e2e.test.ts', 'a wrong signature, or none'),
    ],
  },
  {
    id: 'API3',
    title: 'Broken object property level authorization',
    proofs: [
      ...of(
        'test/gateway/partners.e2e.test.ts',
        'what is not theirs of an object is left out: money of others, names of others, the books',
      ),
      ...of(`${api}/every-route.ts`, 'lists every violation with its place'),
      ...of(`${api}/network.ts`, 'shows who made and ended keys and subscriptions, and no secret of them'),
      ...of('src/connectors/kit/reading.test.ts', 'is never reached through a prototype'),
    ],
  },
  {
    id: 'API4',
    title: 'Unrestricted resource consumption',
    proofs: [
      ...of(
        'test/gateway/bad-input.e2e.test.ts',
        'a body that says that it has 100 MB',
        'a body that does not say so, and has 100 MB',
        'a gzip bomb',
        'headers that never end',
        'a body that never ends',
      ),
      ...of(
        'test/gateway/limits.e2e.test.ts',
        'who sends too much is told when to come again, and nobody else notices',
      ),
      ...of('test/scenarios/live-stream.e2e.test.ts', 'is open for so many at once, of one and of all'),
    ],
  },
  {
    id: 'API5',
    title: 'Broken function level authorization',
    proofs: [
      ...of(
        matrix,
        'whoever has no key, and whoever has one without the scope, gets in nowhere',
        'what is of the whole hub is shown to the company that runs it',
      ),
      ...of(
        'test/gateway/partners.e2e.test.ts',
        'every route shows %s nothing of the other colour, and is closed where it does not say that it is open',
        'a key of a partner makes keys of that partner alone, and sees no others',
      ),
      ...of(`${api}/clients.ts`, 'get no new secret from somebody who may do less than they'),
    ],
  },
  {
    id: 'API6',
    title: 'Unrestricted access to sensitive business flows',
    proofs: [
      ...of(`${api}/tasks.ts`, 'are asked, taken, noted and decided by two people where it takes two'),
      ...of(
        'test/tower/tracking-page.e2e.test.ts',
        'are tried ten times by one visitor, who is known behind our proxy; from others nothing is held back',
        'cannot be guessed: after ten tries at a number nobody is answered, from wherever and however it is written',
      ),
      ...of(`${api}/messages.ts`, 'are dry unless somebody says otherwise, can be watched and cancelled'),
    ],
  },
  {
    id: 'API7',
    title: 'Server side request forgery',
    proofs: [
      ...of(
        guard,
        'never reaches the inside through http://%s',
        'never reaches a metadata service at %s, though all networks are allowed',
        'cannot name the machine by the name of the machine',
        'that leads inside is refused',
        'with one bad answer among good ones is refused: %j',
        'is looked up once for each connection, and what was judged is what is dialled',
        'the hub does not call itself, though its network is allowed',
        'a redirect (%i) is an answer, not an order',
        'proxies of the environment are not asked',
      ),
      ...of(
        'test/architecture.test.ts',
        'sockets are opened only by the guarded client, the server and the simulated world',
      ),
    ],
  },
  {
    id: 'API8',
    title: 'Security misconfiguration',
    proofs: [
      ...of(`${api}/every-route.ts`, 'lets pages of allowed origins read answers, and no others'),
      ...of(
        'test/tower/tower.e2e.test.ts',
        'a page may load nothing from anywhere else, and scripts only as files of the hub',
      ),
      ...of(
        'test/access/secrets.e2e.test.ts',
        'no secret that was made, shown or typed is in the database, in the log or in any later answer',
      ),
      ...of(
        'test/gateway/signals.e2e.test.ts',
        'neither a log line nor a span holds a name, wherever somebody puts it',
      ),
      ...of('test/gateway/bad-input.e2e.test.ts', 'a length that is said in two ways'),
      ...of(
        'test/access/bound-tokens.e2e.test.ts',
        'is what a proxy of ours says: who guesses is slowed down, and nobody else behind it',
      ),
    ],
  },
  {
    id: 'API9',
    title: 'Improper inventory management',
    proofs: [
      ...of(`${api}/documents.ts`, 'the API that is served is the one that is published'),
      ...of(
        `${api}/contracts.ts`,
        'are everything that the hub has agreed on, and can be searched',
        'an operation that ends says so on each answer, says who still uses it, and is refused after its sunset',
      ),
    ],
  },
  {
    id: 'API10',
    title: 'Unsafe consumption of APIs',
    proofs: [
      ...of(
        'src/transports/http/outbound.int.test.ts',
        'larger than allowed is cut, declared or not',
        'that comes a byte at a time does not outlast the time of the attempt',
      ),
      ...of(
        guard,
        'a certificate of nobody known is refused before a byte of the request, whatever the environment says',
      ),
      ...of(
        'src/transports/http/inflate.test.ts',
        'a bomb is cut at a hundred times its size, long before the limit of the endpoint',
      ),
      ...of(
        'test/contracts/connectors.test.ts',
        'parks or refuses what it does not understand, and never fails otherwise',
      ),
      ...of('test/access/identity-attacks.e2e.test.ts', 'of one issuer is not taken for that of another'),
    ],
  },
]
