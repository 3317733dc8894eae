/** What a provider's claims mean here. */
import * as z from 'zod';
import type { Role } from '../access.ts';

/** What a provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/** Which role somebody has, by a claim. */
export interface RoleMapping {
  /** Name of the claim, such as `groups`, or the way to it, such as `realm_access.roles`. */
  readonly roleClaim: string;
  /** Role by value of the claim. Whoever has several gets the one that is named first here. */
  readonly roles: Readonly<Record<string, Role>>;
}

const objectSchema = z.record(z.string(), z.unknown());
const valuesSchema = z.union([z.string().transform((value) => [value]), z.array(z.string())]);
const wordSchema = z.string().min(1);

const step = (from: unknown, name: string): unknown => {
  const object = objectSchema.safeParse(from);
  return object.success && Object.hasOwn(object.data, name) ? object.data[name] : undefined;
};

/** The values of a claim: a word or a list of words. The claim of exactly that name goes before the way to it. */
export const valuesIn = (claims: Claims, name: string): string[] => {
  const claim = step(claims, name) ?? name.split('.').reduce<unknown>(step, claims);
  return valuesSchema.safeParse(claim).data ?? [];
};

/** The role that somebody has, null for none. */
export const roleIn = (claims: Claims, { roleClaim, roles }: RoleMapping): Role | null => {
  const values = valuesIn(claims, roleClaim);
  return Object.entries(roles).find(([value]) => values.includes(value))?.[1] ?? null;
};

/** What somebody is called. */
export const nameIn = (claims: Claims & { readonly sub: string }): string =>
  [claims['preferred_username'], claims['email'], claims['name']]
    .map((claim) => wordSchema.safeParse(claim).data)
    .find((claim) => claim !== undefined) ?? claims.sub;
