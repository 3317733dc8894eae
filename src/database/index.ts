/**
 * `database/`: files of SQLite, opened so that nothing in them is lost. See README.md.
 */
export { migrate, type Migration, pragma, readinessOf, readMigrations } from './migrations.ts';
export { asBookError, type BookOptions, openBook } from './open-book.ts';
export { transaction } from './transaction.ts';
export { reasonOf, troubleOf } from './trouble.ts';
