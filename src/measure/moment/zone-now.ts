import type { Aggregate, MomentFigure, MomentFigures, ZoneMoment, ZoneObservation } from '../../contract/index.ts';
import { LEAST_SHARE } from '../places/unknowns.ts';

/** What a camera that is well says of a zone. */
export interface ZonePart {
  readonly observed: ZoneObservation;
  /** Share of the zone that is this camera's own; 1 where it is the only one. */
  readonly share: number;
}

/** Figures of which nothing is known. */
export const NOTHING_KNOWN: MomentFigures = {
  occupancy: null,
  densityPerM2: null,
  speedMps: null,
  pressurePerS2: null,
  counterflowIndex: null,
  standing: null,
  stoppedS: null,
};

const meanOf = (aggregate: Aggregate | undefined, partial = false): MomentFigure =>
  aggregate === undefined
    ? null
    : {
        value: aggregate.sum / aggregate.weight,
        standardError: aggregate.errorSum === null ? null : aggregate.errorSum / aggregate.weight,
        partial,
      };

/** Figures of a zone that one camera sees alone. */
export const figuresOfOne = ({ figures }: ZoneObservation): MomentFigures => ({
  occupancy: meanOf(figures.occupancy),
  densityPerM2: meanOf(figures.densityPerM2),
  speedMps: meanOf(figures.speedMps),
  pressurePerS2: meanOf(figures.pressurePerS2),
  counterflowIndex: meanOf(figures.counterflowIndex),
  standing: meanOf(figures.standing),
  stoppedS: null,
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Independent errors; unknown when one of them is. */
const errorOfSum = (figures: readonly NonNullable<MomentFigure>[]): number | null =>
  figures.some(({ standardError }) => standardError === null)
    ? null
    : Math.hypot(...figures.map(({ standardError }) => standardError ?? 0));

const known = (figures: readonly MomentFigure[]): NonNullable<MomentFigure>[] =>
  figures.filter((figure) => figure !== null);

const sumOf = (figures: readonly MomentFigure[], partial: boolean): MomentFigure => {
  const all = known(figures);
  if (all.length === 0 || all.length < figures.length) return null;
  return { value: sum(all.map(({ value }) => value)), standardError: errorOfSum(all), partial };
};

/** Of its own people, that share which the camera's figure is of all that it sees in the zone. */
const ownShareOf = ({ observed: { figures } }: ZonePart): number => {
  const [own, all] = [meanOf(figures.ownOccupancy), meanOf(figures.occupancy)];
  return own === null || all === null || all.value === 0 ? 0 : own.value / all.value;
};

const scaled = (figure: MomentFigure, by: number): MomentFigure =>
  figure && {
    ...figure,
    value: figure.value * by,
    standardError: figure.standardError === null ? null : figure.standardError * by,
  };

/** Weighted by the time and the people that each camera knows of. */
const meanSpeed = (parts: readonly ZonePart[], partial: boolean): MomentFigure => {
  const speeds = parts.flatMap(({ observed: { figures } }) => figures.speedMps ?? []);
  const weight = sum(speeds.map((speed) => speed.weight));
  if (weight === 0) return null;
  const errors = speeds.map(({ errorSum }) => errorSum);
  return {
    value: sum(speeds.map((speed) => speed.sum)) / weight,
    standardError: errors.includes(null) ? null : sum(errors.map((error) => error ?? 0)) / weight,
    partial,
  };
};

const greatest = (figures: readonly MomentFigure[], partial: boolean): MomentFigure => {
  const all = known(figures);
  const [top] = all.toSorted((a, b) => b.value - a.value);
  return top ? { ...top, partial: partial || all.length < figures.length } : null;
};

const counterflow = (parts: readonly ZonePart[], partial: boolean): MomentFigure => {
  const weighed = parts.flatMap(({ observed: { figures } }) => {
    const [index, own] = [meanOf(figures.counterflowIndex), meanOf(figures.ownOccupancy)];
    return index && own ? [{ index: index.value, people: own.value }] : [];
  });
  const people = sum(weighed.map((part) => part.people));
  if (people === 0) return null;
  return { value: sum(weighed.map((part) => part.index * part.people)) / people, standardError: null, partial };
};

/** Figures of a zone that several cameras share, each counting who stands in its own part. */
const figuresOfSeveral = (parts: readonly ZonePart[], areaM2: number, partial: boolean): MomentFigures => {
  const occupancy = sumOf(
    parts.map(({ observed }) => meanOf(observed.figures.ownOccupancy)),
    partial,
  );
  return {
    occupancy,
    densityPerM2: scaled(occupancy, 1 / areaM2),
    speedMps: meanSpeed(parts, partial),
    pressurePerS2: greatest(
      parts.map(({ observed }) => meanOf(observed.figures.pressurePerS2)),
      partial,
    ),
    counterflowIndex: counterflow(parts, partial),
    standing: sumOf(
      parts.map((part) => scaled(meanOf(part.observed.figures.standing), ownShareOf(part))),
      partial,
    ),
    stoppedS: null,
  };
};

/**
 * A zone that several cameras share, from those of them that are well.
 *
 * @param areaM2     of the whole zone
 * @param sharedBy   what each camera's own share of the zone is, whether it is well or not
 */
export const zoneOfSeveral = (
  zone: string,
  parts: readonly ZonePart[],
  areaM2: number,
  sharedBy: readonly number[],
): ZoneMoment => {
  const well = parts.filter(({ observed, share }) => share >= LEAST_SHARE && observed.figures.ownOccupancy);
  const knownShare = Math.min(1, sum(well.map(({ share }) => share)));
  const partial = sharedBy.filter((share) => share >= LEAST_SHARE).length > well.length;
  if (well.length === 0) return { zone, areaM2: null, knownShare: 0, figures: NOTHING_KNOWN };
  const seenM2 = knownShare * areaM2;
  return { zone, areaM2: seenM2, knownShare, figures: figuresOfSeveral(well, seenM2, partial) };
};
