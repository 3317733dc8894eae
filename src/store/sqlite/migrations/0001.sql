-- Version 1 of the ledger.

-- So that the file is known for a ledger: 'STAR'.
PRAGMA application_id = 1398030674;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is before a camera's `*_from_s` was dropped as past its time: such a span takes late observations by adding them to
-- what there is; a later one is computed anew from its parts. All are whole quarter-hours, and
-- seconds_from_s >= minutes_from_s >= quarter_hours_from_s.
CREATE TABLE camera (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  seconds_from_s INTEGER NOT NULL DEFAULT 0,
  minutes_from_s INTEGER NOT NULL DEFAULT 0,
  quarter_hours_from_s INTEGER NOT NULL DEFAULT 0,
  fields_from_s INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  camera INTEGER NOT NULL REFERENCES camera,
  kind TEXT NOT NULL CHECK (kind IN ('zone', 'gate')),
  name TEXT NOT NULL,
  UNIQUE (camera, kind, name)
) STRICT;

-- Which sequence numbers were taken, as ranges: a repeat is known for one long after its second was dropped.
CREATE TABLE received (
  camera INTEGER NOT NULL REFERENCES camera,
  first_sequence INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL CHECK (last_sequence >= first_sequence),
  PRIMARY KEY (camera, first_sequence)
) STRICT, WITHOUT ROWID;

-- Observations as they came: JSON, deflated. With a rowid: a body is too long for the pages of a table without.
CREATE TABLE second (
  camera INTEGER NOT NULL REFERENCES camera,
  start_ms INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (camera, start_ms, sequence)
) STRICT;

-- What has changed since it was last rolled up: level 60 is a minute of seconds, 900 a quarter-hour of minutes.
CREATE TABLE due (
  level_s INTEGER NOT NULL CHECK (level_s IN (60, 900)),
  camera INTEGER NOT NULL REFERENCES camera,
  start_s INTEGER NOT NULL,
  PRIMARY KEY (level_s, camera, start_s)
) STRICT, WITHOUT ROWID;

CREATE TABLE camera_span (
  level_s INTEGER NOT NULL,
  camera INTEGER NOT NULL REFERENCES camera,
  start_s INTEGER NOT NULL,
  measured_s REAL NOT NULL,
  offered INTEGER NOT NULL,
  measured INTEGER NOT NULL,
  dropped INTEGER NOT NULL,
  ok_s REAL NOT NULL,
  degraded_s REAL NOT NULL,
  connecting_s REAL NOT NULL,
  unknown_s REAL NOT NULL,
  PRIMARY KEY (level_s, camera, start_s)
) STRICT, WITHOUT ROWID;

-- Figures that add up: mean = sum / weight, standard error of the mean <= error / weight. NULL is unknown.
-- seen_share and area_m2 are those of the second that began last, at last_ms.
CREATE TABLE zone_span (
  level_s INTEGER NOT NULL,
  place INTEGER NOT NULL REFERENCES place,
  start_s INTEGER NOT NULL,
  measured_s REAL NOT NULL,
  last_ms INTEGER NOT NULL,
  seen_share REAL NOT NULL,
  area_m2 REAL,
  occupancy_sum REAL, occupancy_weight REAL, occupancy_min REAL, occupancy_max REAL, occupancy_error REAL,
  own_occupancy_sum REAL, own_occupancy_weight REAL, own_occupancy_min REAL, own_occupancy_max REAL, own_occupancy_error REAL,
  density_sum REAL, density_weight REAL, density_min REAL, density_max REAL, density_error REAL,
  density_voronoi_sum REAL, density_voronoi_weight REAL, density_voronoi_min REAL, density_voronoi_max REAL, density_voronoi_error REAL,
  density_peak_sum REAL, density_peak_weight REAL, density_peak_min REAL, density_peak_max REAL, density_peak_error REAL,
  speed_sum REAL, speed_weight REAL, speed_min REAL, speed_max REAL, speed_error REAL,
  pressure_sum REAL, pressure_weight REAL, pressure_min REAL, pressure_max REAL, pressure_error REAL,
  counterflow_sum REAL, counterflow_weight REAL, counterflow_min REAL, counterflow_max REAL, counterflow_error REAL,
  standing_sum REAL, standing_weight REAL, standing_min REAL, standing_max REAL, standing_error REAL,
  dwell_sum REAL, dwell_weight REAL, dwell_min REAL, dwell_max REAL, dwell_error REAL,
  PRIMARY KEY (level_s, place, start_s)
) STRICT, WITHOUT ROWID;

-- Squared standard error of a count: variance + systematic², each of them added up first.
-- known_s is the time in which crossings could be known; NULL when they never could: then there are no counts.
CREATE TABLE gate_span (
  level_s INTEGER NOT NULL,
  place INTEGER NOT NULL REFERENCES place,
  start_s INTEGER NOT NULL,
  measured_s REAL NOT NULL,
  known_s REAL,
  last_ms INTEGER NOT NULL,
  seen_share REAL NOT NULL,
  width_m REAL,
  variance REAL NOT NULL,
  systematic REAL NOT NULL,
  PRIMARY KEY (level_s, place, start_s)
) STRICT, WITHOUT ROWID;

-- Crossings of a gate; a class that did not cross has no row.
CREATE TABLE crossing_span (
  level_s INTEGER NOT NULL,
  place INTEGER NOT NULL REFERENCES place,
  start_s INTEGER NOT NULL,
  class TEXT NOT NULL,
  in_count INTEGER NOT NULL,
  out_count INTEGER NOT NULL,
  PRIMARY KEY (level_s, place, start_s, class)
) STRICT, WITHOUT ROWID;

-- Density and velocity on the ground by quarter-hour: the grid and its sums, deflated.
CREATE TABLE field_span (
  camera INTEGER NOT NULL REFERENCES camera,
  start_s INTEGER NOT NULL,
  known_s REAL NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (camera, start_s)
) STRICT, WITHOUT ROWID;
