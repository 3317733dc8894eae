/**
 * `alert/`: rules, and the life of alerts. See README.md.
 */
export { Alerts, type AlertsOptions, openAlerts } from './book/alerts.ts';
export type { LogQuery } from './book/log-query.ts';
export { shiftLog, type ShiftLogOptions } from './book/shift-log.ts';
export type { CompiledRule } from './life/compiled-rule.ts';
export type { Suppression } from './life/suppression.ts';
export { type Rehearsal, type RehearsalOptions, rehearse } from './rehearse/rehearse.ts';
export type { Peak, RehearsedAlert, RuleRehearsal } from './rehearse/rule-tally.ts';
export type { Circumstances, Condition, ForeseenFigure, Truth } from './rule/condition.ts';
export { type NotifierCounts, type Notifiers, type NotifiersOptions, startNotifiers } from './notify/notifiers.ts';
export { complete, type Completion } from './rule/complete.ts';
export { type CompiledCondition, compileCondition, conditionProblems, type ForecastAsked } from './rule/compile.ts';
export { placesOf, type SitePlaces } from './rule/site-places.ts';
