/** `people/`: who may do what here, and who they are. See README.md. */
export type { Headers } from './headers.ts';
export type { LinkOffer } from './links.ts';
export { createOpenId, type OpenId, type OpenIdOptions } from './openid.ts';
export { openPeople, type People, type PeopleOptions } from './people.ts';
export { type PeopleParts, peopleRoutes } from './routes.ts';
