export * from './classes.ts';
export * from './errors.ts';
export * from './flock.ts';
export * from './geometry.ts';
export * from './health.ts';
export * from './measurement.ts';
export * from './site.ts';
export * from './units.ts';
