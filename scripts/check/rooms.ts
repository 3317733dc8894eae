import type { OxlintOverride } from 'oxlint';

/**
 * The rooms of `src/` and what each may import. `docs/architecture.md` shows the same table to people; the lint
 * configuration turns it into rules.
 */
interface Room {
  /** Rooms whose `index.ts` it may import. */
  readonly imports: readonly string[];
  /** Rooms of which it may import types, so that no code comes with them. */
  readonly types?: readonly string[];
  /** A pure room computes: it touches no file, clock, network or process. */
  readonly pure?: true;
}

export const ROOMS: Readonly<Record<string, Room>> = {
  contract: { imports: [], pure: true },
  ground: { imports: ['contract'], pure: true },
  trajectory: { imports: ['contract'] },
  simulate: { imports: ['contract', 'ground'], pure: true },
  capture: { imports: ['contract'] },
  detect: { imports: ['contract'], types: ['capture'] },
  track: { imports: ['contract'], pure: true },
  measure: { imports: ['contract', 'ground'], pure: true },
  privacy: { imports: ['contract'], types: ['capture'] },
  report: { imports: ['contract'] },
  database: { imports: ['contract'] },
  site: { imports: ['contract', 'database'] },
  store: { imports: ['contract', 'database'] },
  alert: { imports: ['contract', 'database'] },
  connect: { imports: ['contract'] },
  fleet: { imports: ['contract'] },
  serve: { imports: ['contract', 'database', 'store', 'alert', 'privacy'] },
  cli: {
    imports: [
      'contract',
      'ground',
      'capture',
      'trajectory',
      'simulate',
      'detect',
      'track',
      'measure',
      'privacy',
      'report',
      'database',
      'site',
      'store',
      'alert',
      'connect',
      'fleet',
      'serve',
    ],
  },
};

/** Paths as in .gitignore, where a later one with `!` lets through; or an expression, which knows no exceptions. */
type Pattern = { readonly message: string; readonly allowTypeImports?: boolean } & (
  | { readonly group: string[] }
  | { readonly regex: string }
);

const inside = (names: readonly string[]): string[] => names.map((name) => `**/${name}/**`);
const exceptIndexOf = (names: readonly string[]): string[] => names.map((name) => `!**/${name}/index.ts`);

const patternsFor = (name: string, room: Room): Pattern[] => {
  const { imports, types = [] } = room;
  const open = [...imports, ...types];
  const closed = Object.keys(ROOMS).filter((other) => other !== name && !open.includes(other));
  const patterns: Pattern[] = [
    { group: inside(closed), message: `The room ${name}/ may not import this room; see docs/architecture.md.` },
  ];
  // Before the next pattern: what that one lets through is not looked at again.
  if (types.length > 0)
    patterns.push({
      regex: `/(?:${types.join('|')})/index\\.ts$`,
      message: `The room ${name}/ may import only types from here.`,
      allowTypeImports: true,
    });
  patterns.push({
    group: [...inside(open), ...exceptIndexOf(open)],
    message: 'Import another room through its index.ts only.',
  });
  if (room.pure)
    patterns.push({ group: ['node:*'], message: `The room ${name}/ is pure: no files, clocks, processes.` });
  if (name === 'contract')
    patterns.push({ group: ['*', '!zod', '!./**', '!../**'], message: 'contract/ imports zod only.' });
  return patterns;
};

/** One lint override per room. */
export const roomOverrides: OxlintOverride[] = Object.entries(ROOMS).map(([name, room]) => ({
  files: [`**/src/${name}/**/*.ts`],
  rules: { 'no-restricted-imports': ['error', { patterns: patternsFor(name, room) }] },
}));
