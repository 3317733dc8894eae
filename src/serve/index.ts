export { type Server, type SiteHealth, startServer } from './server.ts';
