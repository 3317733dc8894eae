/** The columns of a window that tell how the crowd was, and those that came later. They follow all others. */
import type { CrowdWindow, Estimate, GateWindow, LevelOfService, ZoneWindow } from '../contract/index.ts';
import { gateFigure, type MeasurementColumn, withError, zoneFigure } from './measurement-column.ts';

const UNKNOWN: Estimate = { value: null, standardError: null };

const crowdFigure = (
  name: string,
  unit: string,
  meaning: string,
  of: (crowd: CrowdWindow) => number | null,
): MeasurementColumn => zoneFigure(name, unit, meaning, ({ crowd }) => crowd && of(crowd));

const crowdEstimate = (
  name: string,
  unit: string,
  meaning: string,
  of: (crowd: CrowdWindow) => Estimate,
): MeasurementColumn[] =>
  withError(zoneFigure, name, unit, meaning, ({ crowd }: ZoneWindow) => (crowd === null ? UNKNOWN : of(crowd)));

const LEVELS: readonly LevelOfService[] = ['A', 'B', 'C', 'D', 'E', 'F'];

const timeInLevel = (level: LevelOfService): MeasurementColumn =>
  crowdFigure(
    `time_in_level_${level.toLowerCase()}_s`,
    's',
    `Time at level of service ${level} (Fruin 1971, the site's table)`,
    ({ timeInLevelsS }) => timeInLevelsS[level],
  );

/** Density, speed and flow of the crowd in a zone. */
const STATE: readonly MeasurementColumn[] = [
  ...crowdEstimate(
    'density_voronoi_per_m2',
    '1/m²',
    'Voronoi density, mean over time (Steffen and Seyfried 2010)',
    (crowd) => crowd.densityVoronoiPerM2,
  ),
  ...crowdEstimate(
    'speed_voronoi_mps',
    'm/s',
    'Voronoi speed, mean over time: weighted by the share of the zone that each cell covers',
    (crowd) => crowd.speedVoronoiMps,
  ),
  ...crowdEstimate(
    'edie_flow_per_m_s',
    '1/(m·s)',
    'Flow of zone and window: distance walked in it over its area and length (Edie 1963)',
    (crowd) => crowd.edieFlowPerMS,
  ),
  crowdFigure(
    'density_peak_per_m2',
    '1/m²',
    'Greatest density of the Gaussian-kernel field in the zone at any time: how full the fullest spot was',
    (crowd) => crowd.densityPeakPerM2,
  ),
];

/** Pressure and disorder of the crowd in a zone. */
const STRAIN: readonly MeasurementColumn[] = [
  ...crowdEstimate(
    'pressure_per_s2',
    '1/s²',
    'Greatest crowd pressure in the zone, density times velocity variance, mean over time (Helbing et al. 2007)',
    (crowd) => crowd.pressurePerS2,
  ),
  crowdFigure('pressure_max_per_s2', '1/s²', 'Greatest crowd pressure in the zone at any time', (crowd) => {
    return crowd.pressureMaxPerS2;
  }),
  crowdFigure(
    'congestion_level_per_m',
    '1/m',
    'Congestion Level: range of the rotor of the velocity field over its mean speed (Feliciani and Nishinari 2018)',
    (crowd) => crowd.congestionLevelPerM,
  ),
  crowdFigure(
    'congestion_number',
    '1',
    'Congestion Number, the same without a dimension',
    (crowd) => crowd.congestionNumber,
  ),
  crowdFigure(
    'counterflow_index',
    '1',
    '0 when all go one way, 1 when as many go one way as the other',
    (crowd) => crowd.counterflowIndex,
  ),
  crowdFigure('stop_and_go_share', '1', 'Share of person-time spent in stop-and-go, 0 to 1', (crowd) => {
    return crowd.stopAndGoShare;
  }),
  crowdFigure(
    'past_capacity',
    '1',
    '1 when flow fell while density rose, so that the crowd is past its capacity, else 0',
    ({ pastCapacity }) => (pastCapacity === null ? null : Number(pastCapacity)),
  ),
];

/** How long people stay in a zone. */
const STAY: readonly MeasurementColumn[] = [
  ...LEVELS.map(timeInLevel),
  ...crowdEstimate('dwell_s', 's', 'Mean time in the zone of those who left it in the window', ({ dwellS }) => dwellS),
  ...crowdEstimate('queue_length', 'people', 'People who stand or creep in the zone, mean over time', (crowd) => {
    return crowd.queueLength;
  }),
  ...crowdEstimate('queue_extent_m', 'm', 'Extent of the longest group of them, mean over time', (crowd) => {
    return crowd.queueExtentM;
  }),
  crowdFigure(
    'time_to_clear_s',
    's',
    "Time until the zone would be empty at the window's outflow; empty when it is not emptying",
    (crowd) => crowd.timeToClearS,
  ),
];

const GATES: readonly MeasurementColumn[] = withError(
  gateFigure,
  'headway_s',
  's',
  'Mean time between one person and the next',
  (window: GateWindow) => window.headwayS,
);

/** Columns that come after all others, in order. */
export const CROWD_COLUMNS: readonly MeasurementColumn[] = [...STATE, ...STRAIN, ...STAY, ...GATES];
