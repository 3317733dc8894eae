/** A real OpenID provider, and somebody with a browser who signs in there. */
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

/** People whom the provider knows, by what they type there: what it says of them. */
const CLAIMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ada: { preferred_username: 'ada', groups: ['stewards', 'choir'] },
  root: { preferred_username: 'root', groups: ['admins'] },
  visitor: { preferred_username: 'visitor', groups: ['choir'] },
};

/** A client as the provider knows it. */
export const CLIENT = { clientId: 'starling', clientSecret: 'a secret between the two of them' };

/** A provider that listens. */
export interface ProviderFixture extends AsyncDisposable {
  readonly issuer: string;
  /** What it says of people; may be changed. */
  readonly claims: Record<string, Readonly<Record<string, unknown>>>;
}

/** @param inIdToken whether it says everything in the ID token, instead of when it is asked */
export const startProvider = async (redirectUrl: string, inIdToken = false): Promise<ProviderFixture> => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  const issuer = `http://127.0.0.1:${address.port}`;
  const claims = { ...CLAIMS };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirectUrl],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    conformIdTokenClaims: !inIdToken,
    findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...claims[id] }) }),
    cookies: { keys: ['for tests'] },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    claims,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
};

/** A browser, as far as a provider needs one. */
const createBrowser = () => {
  const jar = new Map<string, string>();
  return async (url: string, form?: Record<string, string>): Promise<Response> => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: { cookie },
      redirect: 'manual',
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      jar.set(name, value);
    }
    return response;
  };
};

const FORM = /action="([^"]+)"/;
const MOST_STEPS = 12;

/**
 * Goes where the hub sends a browser, types a name, agrees, and comes to where the provider sends it back to.
 *
 * @param decline whether to turn back instead
 */
export const visitProvider = async (
  start: string,
  name: string,
  redirectUrl: string,
  decline = false,
): Promise<URL> => {
  const browse = createBrowser();
  let response = await browse(start);
  let at = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    const location = response.headers.get('location');
    if (location !== null) {
      at = new URL(location, at).href;
      if (at.startsWith(redirectUrl)) return new URL(at);
      response = await browse(at);
      continue;
    }
    const page = await response.text();
    if (decline) {
      response = await browse(`${at}/abort`);
      continue;
    }
    const action = FORM.exec(page)?.[1] ?? at;
    const prompt = page.includes('name="login"') ? 'login' : 'consent';
    response = await browse(new URL(action, at).href, { prompt, login: name, password: 'anything' });
  }
  throw new Error(`the provider does not let ${name} back: ${at}`);
};
