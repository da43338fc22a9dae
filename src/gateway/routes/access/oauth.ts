import { Type } from 'typebox'
import { clientMethods } from '../../../registry/clients.ts'
import { scopes } from '../../access/principal.ts'
import { countToken } from '../../access/sign-in.ts'
import { assertionAlgorithms, tokenPath } from '../../oauth/authorization-server.ts'
import { defineRoute } from '../../route.ts'

const jwksPath = '/oauth/jwks'
const texts = Type.Array(Type.String())

/** Where tokens are given. */
export const issueToken = defineRoute({
  method: 'POST',
  path: tokenPath,
  scope: 'public',
  operationId: 'issueToken',
  summary: 'A token by OAuth 2 client credentials (RFC 6749, 7523, 8705), for at most 15 minutes',
  tag: 'keys',
  repeatable: 'proves',
  form: {
    members: Type.Object({
      grant_type: Type.Literal('client_credentials'),
      scope: Type.Optional(
        Type.String({ description: 'Separated by spaces; everything that the client has without it.' }),
      ),
      client_id: Type.Optional(Type.String()),
      client_assertion_type: Type.Optional(Type.Literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')),
      client_assertion: Type.Optional(Type.String()),
    }),
    refused: Type.Object({
      error: Type.String(),
      error_description: Type.Optional(Type.String()),
      scope: Type.Optional(Type.String()),
    }),
  },
  answer: {
    status: 200,
    schema: Type.Object({
      access_token: Type.String(),
      token_type: Type.Literal('Bearer'),
      expires_in: Type.Integer({ description: 'Seconds.' }),
      scope: Type.Optional(Type.String()),
    }),
  },
  handle: async ({ gateway, address, exchange }) => {
    await countToken(gateway, address)
    await gateway.oauth.server.serve(exchange.request, exchange.take)
    return {}
  },
})

/** By which a library finds its way. */
export const readAuthorizationServer = defineRoute({
  method: 'GET',
  path: '/.well-known/oauth-authorization-server',
  scope: 'public',
  operationId: 'readAuthorizationServer',
  summary: 'What the authorization server of this hub can do, RFC 8414',
  tag: 'keys',
  answer: {
    status: 200,
    schema: Type.Object({
      issuer: Type.String(),
      token_endpoint: Type.String(),
      jwks_uri: Type.String(),
      grant_types_supported: texts,
      response_types_supported: texts,
      scopes_supported: texts,
      token_endpoint_auth_methods_supported: texts,
      token_endpoint_auth_signing_alg_values_supported: texts,
      tls_client_certificate_bound_access_tokens: Type.Boolean(),
      mtls_endpoint_aliases: Type.Optional(Type.Object({ token_endpoint: Type.String() })),
    }),
  },
  handle: async ({ gateway: { oauth } }) => {
    const issuer = oauth.address()
    const tls = oauth.tlsAddress()
    return {
      body: {
        issuer,
        token_endpoint: `${issuer}${tokenPath}`,
        jwks_uri: `${issuer}${jwksPath}`,
        grant_types_supported: ['client_credentials'],
        response_types_supported: [],
        scopes_supported: scopes,
        token_endpoint_auth_methods_supported: clientMethods,
        token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
        tls_client_certificate_bound_access_tokens: true,
        ...(tls === undefined ? {} : { mtls_endpoint_aliases: { token_endpoint: `${tls}${tokenPath}` } }),
      },
    }
  },
})

/** By which others prove our tokens. */
export const readSigningKeys = defineRoute({
  method: 'GET',
  path: jwksPath,
  scope: 'public',
  operationId: 'readSigningKeys',
  summary: 'Public keys of the tokens of this hub, RFC 7517; two while one replaces the other',
  tag: 'keys',
  answer: {
    status: 200,
    schema: Type.Object({
      keys: Type.Array(
        Type.Object({
          kty: Type.String(),
          crv: Type.String(),
          x: Type.String(),
          y: Type.String(),
          kid: Type.String(),
          use: Type.String(),
          alg: Type.String(),
        }),
      ),
    }),
  },
  handle: async ({ gateway }) => ({ body: { keys: await gateway.oauth.ring.published() } }),
})
