/** The routes of people, as data. */
import type { Route } from '../http/route.ts';
import { openIdRoutes } from './routes/openid.ts';
import type { PeopleParts } from './routes/parts.ts';
import { sessionRoutes } from './routes/session.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { userRoutes } from './routes/users.ts';

export type { PeopleParts } from './routes/parts.ts';

/** Signing in and out, users, tokens, and signing in at a provider. */
export const peopleRoutes = (parts: PeopleParts): Route[] => [
  ...sessionRoutes(parts),
  ...openIdRoutes(parts),
  ...userRoutes(parts),
  ...tokenRoutes(parts),
];
