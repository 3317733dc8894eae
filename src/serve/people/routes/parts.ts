/** What the routes of `people/` have in common. */
import * as z from 'zod';
import { StarlingError } from '../../../contract/index.ts';
import type { AuditNote } from '../../audit/index.ts';
import type { Call } from '../../http/route.ts';
import type { Present } from '../authenticate.ts';
import type { SignedIn } from '../means.ts';
import type { OpenId } from '../openid.ts';
import type { People } from '../people.ts';

/** What the routes of people work with. */
export interface PeopleParts {
  readonly people: People;
  /** Null where nobody signs in by a provider. */
  readonly openId: OpenId | null;
  /**
   * Who signed in, and what was changed about whom, is noted here: before a route has answered, the server knows no name.
   */
  readonly audit: { append(note: AuditNote): void };
}

/** A name as it is sent. What a name can be is checked where one is given. */
export const nameText = z.string().min(1).max(100);
/** A password as it is sent. What a password must be is checked where one is chosen. */
export const passwordText = z.string().min(1).max(1024);
/** A secret of a link. */
export const linkToken = z.string().min(1).max(100);

/** A link, as it is told this once. */
export const linkReply = z.strictObject({
  token: z.string().describe('Told this once'),
  path: z.string().describe('Path in the console, with the token'),
  expires: z.iso.datetime(),
});

/** What is noted of what a person did; of whom nobody knows, the address. */
export const noteFrom = (
  by: string | null,
  { address }: Pick<Call, 'address'>,
  note: Pick<AuditNote, 'kind' | 'what' | 'details'>,
): AuditNote => ({ caller: by === null ? 'nobody' : 'person', by: by ?? 'nobody', address, ...note });

/**
 * The person who asks: in a browser, signed in. Not a token, whatever its scopes.
 *
 * @throws SERVE_NOT_SIGNED_IN, SERVE_PERSON_ONLY
 */
export const personOf = ({ people }: PeopleParts, { caller, headers }: Pick<Call, 'caller' | 'headers'>): Present => {
  if (caller.kind === 'token') throw new StarlingError('SERVE_PERSON_ONLY', {});
  const present = people.present(headers);
  if (present === null) throw new StarlingError('SERVE_NOT_SIGNED_IN', {});
  return present;
};

/** The header that gives a browser what it needs to be signed in. */
export const signedInHeaders = ({ people }: PeopleParts, { session, device }: SignedIn): Record<string, string> => ({
  'set-cookie': people.cookies.write({ session, device }),
});
