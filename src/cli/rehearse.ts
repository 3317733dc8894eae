/**
 * `starling rehearse`: when would the rules of a site have fired? On what its ledger holds, or on a simulated crowd.
 */
import { Command } from 'commander';
import { type CompiledRule, type Rehearsal, rehearse, type RuleRehearsal } from '../alert/index.ts';
import { type Moment, SITE_DEFAULTS, type Site, StarlingError } from '../contract/index.ts';
import { loadSite } from '../site/index.ts';
import { openStore } from '../store/index.ts';
import { Foresight } from './live/foresight.ts';
import { foreseenFor, rulesOf, type SiteRules } from './live/rules.ts';
import { OPTIONS, wholeBetween } from './options.ts';
import { simulatedMoments } from './rehearsal/simulated.ts';
import { storedMoments } from './rehearsal/stored.ts';

interface RehearseChoice {
  readonly data: string;
  readonly from?: number;
  readonly to?: number;
  readonly simulate?: number;
  readonly json?: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_MINUTES = 1440;
const MOST_SHOWN = 10;

const play = async (
  site: Site,
  rules: SiteRules,
  moments: AsyncIterable<Moment> | Iterable<Moment>,
  stepMs: number,
): Promise<Rehearsal> => {
  const foresight = new Foresight(foreseenFor(rules, site));
  const leading = new Map(rules.rules.map((compiled) => [compiled.rule.id, compiled.when.leading]));
  async function* circumstances() {
    for await (const moment of moments) {
      foresight.take(moment);
      const forecast: Foresight['at'] = (zone, figure, aheadS) => foresight.at(zone, figure, aheadS);
      yield { moment, forecast };
    }
  }
  const peakOf = ({ rule }: CompiledRule, now: Parameters<CompiledRule['when']['judge']>[0]): number | null =>
    leading.get(rule.id)?.(now) ?? null;
  return rehearse(rules.rules, circumstances(), { timezone: site.site.timezone, stepMs, peakOf });
};

const length = (ms: number): string =>
  ms < 2 * MINUTE_MS ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / MINUTE_MS)} min`;

const whenText = (timezone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  return (timeMs: number): string => format.format(timeMs);
};

const peakText = ({ peak }: RuleRehearsal, when: (timeMs: number) => string): string[] => {
  if (peak === null) return [];
  const { value, timeMs, aheadMs } = peak;
  const warned = aheadMs === null ? 'nobody was warned' : `raised ${length(aheadMs)} ahead of it`;
  return [`  greatest ${Number(value.toPrecision(3))} at ${when(timeMs)}: ${warned}`];
};

const ruleText = (found: RuleRehearsal, when: (timeMs: number) => string): string[] => {
  const { rule, raised, openMs, blind, unknownShare, alerts } = found;
  const times = raised === 1 ? 'once' : `${raised} times`;
  const head = raised === 0 ? `${rule}: never` : `${rule}: ${times}, for ${length(openMs)} in all`;
  const unknown = unknownShare ? [`  could not be evaluated ${(100 * unknownShare).toFixed(1)} % of the time`] : [];
  const blindness = blind.raised > 0 ? [`  blindness would have been told ${blind.raised} times`] : [];
  const shown = alerts
    .filter(({ kind }) => kind === 'condition')
    .slice(0, MOST_SHOWN)
    .map(({ raisedMs, endedMs, message }) => {
      const lasted = endedMs === null ? 'to the end' : length(endedMs - raisedMs);
      return `  ${when(raisedMs)}  ${lasted.padEnd(10)}  ${message}`;
    });
  const more = raised > MOST_SHOWN ? [`  … and ${raised - MOST_SHOWN} more`] : [];
  return [head, ...peakText(found, when), ...unknown, ...blindness, ...shown, ...more];
};

const rehearsalText = ({ rules, judged, fromMs, toMs }: Rehearsal, timezone: string): string => {
  const when = whenText(timezone);
  if (fromMs === null || toMs === null) return 'There is nothing in this time to rehearse on.';
  const head = `${judged} instants, ${when(fromMs)} to ${when(toMs)} (${timezone})`;
  return [head, ...rules.flatMap((rule) => ['', ...ruleText(rule, when)])].join('\n');
};

const onLedger = async (site: Site, rules: SiteRules, { data, from, to = Date.now() }: RehearseChoice) => {
  await using store = await openStore({ folder: data, retention: SITE_DEFAULTS.privacy.retention, create: false });
  const toMs = Math.floor(to / MINUTE_MS) * MINUTE_MS;
  const fromMs = Math.floor((from ?? toMs - DAY_MS) / MINUTE_MS) * MINUTE_MS;
  return play(site, rules, storedMoments(store, site, { fromMs, toMs }), MINUTE_MS);
};

const run = async (path: string, choice: RehearseChoice): Promise<void> => {
  const site = await loadSite(path);
  const rules = rulesOf(site);
  const { simulate, json, from, to } = choice;
  if (simulate !== undefined && (from !== undefined || to !== undefined)) {
    const problem = '--from and --to are about what is stored, and --simulate is not.';
    throw new StarlingError('CLI_USAGE', { problem, command: 'starling rehearse' });
  }
  const beginsMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const found =
    simulate === undefined
      ? await onLedger(site, rules, choice)
      : await play(site, rules, simulatedMoments(site, path, 60 * simulate, beginsMs), 1000);
  const text = json ? JSON.stringify(found, null, 2) : rehearsalText(found, site.site.timezone);
  process.stdout.write(`${text}\n`);
};

/** `starling rehearse SITE`. */
export const rehearseCommand = (): Command =>
  new Command('rehearse')
    .description('say when the rules of a site would have raised an alert')
    .argument('<site>', 'site file with the rules')
    .addOption(OPTIONS.data())
    .addOption(OPTIONS.from())
    .addOption(OPTIONS.to())
    .option('--simulate <minutes>', 'on the simulated cameras of the site instead', wholeBetween(1, MOST_MINUTES))
    .addOption(OPTIONS.json())
    .addHelpText(
      'after',
      `
The ledger is read by minutes, the last day unless told otherwise; the site must be stopped, or the folder a backup's.
A rule that holds for seconds is judged by the means of minutes then, and a simulated crowd second by second. Nobody
acknowledges anything, and nobody is told.

Examples
  starling rehearse market.site.yaml --from 2026-05-01T00:00:00+02:00
  starling rehearse drill.site.yaml --simulate 30`,
    )
    .action(run);
