/**
 * Weidmann's fundamental diagram: how fast people walk on the level, and how many pass, at a density. `measure/` asks
 * it where a crowd's capacity lies, `report/` draws it behind what was measured.
 */

/** Speed of a pedestrian whom nobody hinders, m/s. */
const FREE_SPEED_MPS = 1.34;
/** Density at which nobody moves, people/m². */
const JAM_DENSITY_PER_M2 = 5.4;
/** Fitted parameter, people/m². */
const GAMMA_PER_M2 = 1.913;

/** The density with the greatest flow of the diagram, 1.22 people/(m·s), people/m². */
export const WEIDMANN_CAPACITY_DENSITY_PER_M2 = 1.75;

/**
 * Mean walking speed at a density:
 *
 *   v(ρ) = v₀ (1 − exp(−γ (1/ρ − 1/ρmax))),   v₀ = 1.34 m/s, γ = 1.913 people/m², ρmax = 5.4 people/m²
 *
 * Caveat: it is fitted to many, mostly European, studies of walkways. Crowds elsewhere moved at 10 people/m²; a stair,
 * a bottleneck or a counterflow has its own curve.
 *
 * @param densityPerM2 ρ, people/m²; v₀ at 0, and 0 from ρmax up
 * @returns m/s
 * @see Weidmann, Transporttechnik der Fussgänger, Schriftenreihe des IVT 90, ETH Zürich, 1993
 */
export const weidmannSpeedMps = (densityPerM2: number): number => {
  if (densityPerM2 <= 0) return FREE_SPEED_MPS;
  if (densityPerM2 >= JAM_DENSITY_PER_M2) return 0;
  return FREE_SPEED_MPS * (1 - Math.exp(-GAMMA_PER_M2 * (1 / densityPerM2 - 1 / JAM_DENSITY_PER_M2)));
};
