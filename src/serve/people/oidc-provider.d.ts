/** What the tests use of oidc-provider, which brings no types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  /** Somebody whom the provider knows. */
  interface Account {
    readonly accountId: string;
    readonly claims: () => Promise<Readonly<Record<string, unknown>> & { readonly sub: string }>;
  }

  /** A provider, as a handler of requests. */
  export class Provider {
    constructor(
      issuer: string,
      configuration: {
        readonly clients: readonly Readonly<Record<string, unknown>>[];
        readonly claims: Readonly<Record<string, readonly string[]>>;
        readonly conformIdTokenClaims: boolean;
        readonly findAccount: (context: unknown, id: string) => Promise<Account>;
        readonly cookies: { readonly keys: readonly string[] };
      },
    );
    callback(): RequestListener;
  }
}
