/**
 * What observations have in common, for packing them: keys in their order, and values that are frequent. What was
 * packed with it cannot be read without it, so it is never changed; a better one would be format 2.
 */
const aggregate = (name: string): string => `"${name}":{"sum":0,"weight":1,"min":0,"max":0,"errorSum":null}`;

const FIGURES = [
  'occupancy',
  'ownOccupancy',
  'densityPerM2',
  'densityVoronoiPerM2',
  'densityPeakPerM2',
  'speedMps',
  'pressurePerS2',
  'counterflowIndex',
  'standing',
  'dwellS',
];

const TEXT = [
  '"motorcycle":{"in":0,"out":0},"train":{"in":0,"out":0},"truck":{"in":0,"out":0},"bus":{"in":0,"out":0}',
  '"health":{"state":"unknown","reasons":[{"code":"NO_FRAMES","message":"No picture has come for 10 s."}]}',
  '"health":{"state":"degraded","reasons":[{"code":"OVERLOADED","message":"The machine is short of time: ',
  ' of 5 pictures a second are measured."}]},"frames":{"offered":7,"measured":4,"dropped":1}',
  '"field":{"originXM":-10,"originYM":-10,"cellM":1,"columns":20,"rows":20,"cell":[',
  '],"densityPerM2":[0.25,0.5,0.75],"velocityXMps":[-0.1,-1.0,1.2,null],"velocityYMps":[-0.1,-1.0,1.2,null]}}',
  '{"version":1,"camera":"camera-1","sequence":1,"startMs":17,"endMs":17,"measuredS":1,',
  '"health":{"state":"ok","reasons":[]},"frames":{"offered":25,"measured":5,"dropped":0},',
  '"gates":[{"gate":"gate-1","seenShare":1,"widthM":4,"counts":{},"variance":0},{"gate":"gate-2","seenShare":1,',
  '"widthM":null,"counts":{"person":{"in":1,"out":0},"bicycle":{"in":0,"out":1},"car":{"in":0,"out":0}},"variance":0.1}],',
  '"field":null}"seenShare":0,"areaM2":null,"figures":{}},',
  `"zones":[{"zone":"view","seenShare":1,"areaM2":100,"figures":{${FIGURES.map(aggregate).join(',')}}},`,
  '{"zone":"zone-1","seenShare":1,"areaM2":',
];

/** The dictionary of format 1. */
export const DICTIONARY = Buffer.from(TEXT.join(''), 'utf8');
