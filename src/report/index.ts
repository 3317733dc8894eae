/** Measurements into files for people and programs. See README.md. */
export { DATA_DICTIONARY } from './data-dictionary.ts';
export { type ReportPlan, type ReportResults } from './html/report-data.ts';
export { createResultWriter, type ResultWriter, type ResultWriterOptions } from './result-writer.ts';
export { formatSummary } from './summary.ts';
