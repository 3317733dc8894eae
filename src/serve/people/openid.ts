/**
 * Signing in by OpenID Connect: the authorization code flow with PKCE, state and nonce.
 *
 * What has to be known again when somebody comes back from the provider is in a cookie of their own browser and nowhere
 * else, so that a flood of beginnings fills no memory here, and an answer that was meant for another browser is refused.
 *
 * @see OpenID Connect Core 1.0 section 3.1; RFC 7636 (PKCE); RFC 9700 (best current practice)
 */
import * as client from 'openid-client';
import { StarlingError } from '../../contract/index.ts';
import { type Claims, nameIn, type RoleMapping, roleIn, valuesIn } from './openid-claims.ts';
import type { Vouched } from './provider-desk.ts';

/** A provider, and what its claims mean here. */
export interface OpenIdOptions extends RoleMapping {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As it is registered with the provider: `https://HUB/api/session/openid/callback`. */
  readonly redirectUrl: string;
  /** Beyond `openid`; `profile` and `email` unless told otherwise. */
  readonly scopes?: readonly string[];
  /** Takes a provider without TLS, for tests. */
  readonly allowHttp?: boolean;
}

/** Where to send a browser, and what its cookie is to hold until it comes back. */
export interface Beginning {
  readonly url: string;
  readonly flow: string;
}

/** Signs in by a provider. */
export interface OpenId {
  /** @throws SERVE_OPENID_FAILED */
  readonly begin: () => Promise<Beginning>;
  /**
   * @param query what the provider added to the address, such as `code=…&state=…`
   * @param flow  what the cookie held
   * @throws SERVE_OPENID_FAILED, SERVE_OPENID_NO_ROLE
   */
  readonly finish: (query: URLSearchParams, flow: string | null) => Promise<Vouched>;
}

const TIMEOUT_S = 10;

/** What the library says, and what lies behind it; its messages name no secret and no value. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/\.$/, '');
  return error.cause instanceof Error ? `${message} (${reasonOf(error.cause)})` : message;
};

const failed = (error: unknown): StarlingError =>
  error instanceof StarlingError
    ? error
    : new StarlingError('SERVE_OPENID_FAILED', { reason: reasonOf(error) }, { cause: error });

/** Reads what the provider says of itself, once it can be reached: the hub starts without it. */
const createDiscovery = ({ issuer, clientId, clientSecret, allowHttp }: OpenIdOptions) => {
  let found: Promise<client.Configuration> | null = null;
  const discover = (): Promise<client.Configuration> =>
    client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: TIMEOUT_S,
      execute: allowHttp ? [client.allowInsecureRequests] : [],
    });
  return async (): Promise<client.Configuration> => {
    found ??= discover();
    try {
      return await found;
    } catch (error) {
      found = null;
      throw error;
    }
  };
};

/** Some providers put groups into the ID token, others into what they tell of a user when asked. */
const claimsOf = async (
  configuration: client.Configuration,
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>,
  roleClaim: string,
): Promise<Claims & { readonly iss: string; readonly sub: string }> => {
  const claims = tokens.claims();
  if (!claims) throw new StarlingError('SERVE_OPENID_FAILED', { reason: 'the provider sent no ID token' });
  const known = valuesIn(claims, roleClaim).length > 0;
  if (known || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
  const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
  return { ...more, ...claims };
};

const flowOf = (flow: string | null): readonly [state: string, nonce: string, verifier: string] => {
  const [state = '', nonce = '', verifier = ''] = (flow ?? '').split('.');
  if (state === '' || nonce === '' || verifier === '')
    throw new StarlingError('SERVE_OPENID_FAILED', { reason: 'it was not begun in this browser, or took too long' });
  return [state, nonce, verifier];
};

/** Makes it; the provider is not asked before somebody signs in. */
export const createOpenId = (options: OpenIdOptions): OpenId => {
  const { redirectUrl, roleClaim, scopes = ['profile', 'email'] } = options;
  const discovered = createDiscovery(options);

  const begin = async (): Promise<Beginning> => {
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const url = client.buildAuthorizationUrl(await discovered(), {
      redirect_uri: redirectUrl,
      scope: ['openid', ...scopes].join(' '),
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, flow: [state, nonce, verifier].join('.') };
  };

  const finish = async (query: URLSearchParams, flow: string | null): Promise<Vouched> => {
    const [expectedState, expectedNonce, pkceCodeVerifier] = flowOf(flow);
    const configuration = await discovered();
    const url = new URL(redirectUrl);
    url.search = query.toString();
    const checks = { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(configuration, url, checks);
    const claims = await claimsOf(configuration, tokens, roleClaim);
    const name = nameIn(claims);
    const role = roleIn(claims, options);
    if (role === null) throw new StarlingError('SERVE_OPENID_NO_ROLE', { name, claim: roleClaim });
    return { identity: { issuer: claims.iss, subject: claims.sub }, name, role };
  };

  return {
    begin: () => begin().catch((error: unknown) => Promise.reject(failed(error))),
    finish: (query, flow) => finish(query, flow).catch((error: unknown) => Promise.reject(failed(error))),
  };
};
