/**
 * `content-disposition` of a file that is to be saved, with a name that is safe on every system.
 *
 * @example attachment(['old-town', 'zones', '2026-03-01'], 'csv') // 'attachment; filename="old-town_zones_2026-03-01.csv"'
 */
export const attachment = (parts: readonly string[], extension: 'csv' | 'parquet'): string => {
  const safe = parts.map((part) =>
    part
      .replaceAll(/[^a-z0-9-]+/gi, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 64),
  );
  return `attachment; filename="${safe.filter((part) => part !== '').join('_')}.${extension}"`;
};
