/** A site's rules, understood, and what has to be foreseen for them. */
import {
  type CompiledCondition,
  compileCondition,
  type CompiledRule,
  type ForecastAsked,
  placesOf,
} from '../../alert/index.ts';
import { type Site, StarlingError } from '../../contract/index.ts';
import type { ForesightOptions } from './foresight.ts';

/** Rules of a site. */
export interface SiteRules {
  readonly rules: readonly (CompiledRule & { readonly when: CompiledCondition })[];
  readonly forecasts: readonly ForecastAsked[];
}

const named = (rule: string, error: unknown): unknown =>
  error instanceof StarlingError && error.code === 'ALERT_BAD_RULE'
    ? new StarlingError(
        'SITE_INVALID',
        { place: `The rule ${rule}`, problem: error.message.replace(/\.$/, '') },
        { cause: error },
      )
    : error;

/**
 * Understands the rules of a site.
 *
 * @throws SITE_INVALID with the rule and the character that is wrong
 */
export const rulesOf = (site: Site): SiteRules => {
  const places = placesOf(site);
  const forecasts: ForecastAsked[] = [];
  const compile = (id: string, text: string) => {
    try {
      const condition = compileCondition(text, places);
      forecasts.push(...condition.forecasts);
      return condition;
    } catch (error) {
      throw named(id, error);
    }
  };
  const rules = site.rules.map((rule) => ({
    rule,
    when: compile(rule.id, rule.when),
    clear: rule.clear === undefined ? null : compile(rule.id, rule.clear),
  }));
  return { rules, forecasts };
};

/** What has to be foreseen for rules. */
export const foreseenFor = ({ forecasts }: SiteRules, site: Site): ForesightOptions => ({
  zones: [...new Set(forecasts.map(({ zone }) => zone))].sort(),
  aheadS: Math.max(0, ...forecasts.map(({ aheadS }) => aheadS)),
  timezone: site.site.timezone,
});
