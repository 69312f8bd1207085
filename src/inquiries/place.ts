/** A point in degrees (WGS 84). */
export interface Point {
  latitude: number;
  longitude: number;
}

/** Cells of about 280 by 280 metres at 60° north: coarse enough for statistics, too coarse for a house. */
const CELL_LATITUDE = 0.0025;
const CELL_LONGITUDE = 0.005;

const EARTH_RADIUS_METRES = 6_371_000;

/** The name of the grid cell around a point: its south-western corner, such as `59.2075,10.9350`. */
export function gridCell({ latitude, longitude }: Point): string {
  return `${corner(latitude, CELL_LATITUDE)},${corner(longitude, CELL_LONGITUDE)}`;
}

/** Metres between two points, straight over the globe (haversine). */
export function metresBetween(from: Point, to: Point): number {
  const latitude = radians(to.latitude - from.latitude);
  const longitude = radians(to.longitude - from.longitude);
  const half =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) *
      Math.cos(radians(to.latitude)) *
      Math.sin(longitude / 2) ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(half)));
}

function corner(degrees: number, size: number): string {
  return (Math.floor(Math.round((degrees / size) * 1e6) / 1e6) * size + 0 || 0).toFixed(4);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
