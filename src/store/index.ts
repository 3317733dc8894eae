export { openStore, type StoreOptions } from './open.ts';
export type { Extent, Survey } from './sqlite/upkeep/survey.ts';
export { backupStore, type Inspection, inspectStore } from './sqlite/upkeep/inspect.ts';
export type {
  Appended,
  CameraSpan,
  Checked,
  FieldSpan,
  Gap,
  GateSpan,
  HistoryQuery,
  Span,
  Step,
  Store,
  StoreStatus,
  Tended,
  ZoneSpan,
} from './store.ts';
