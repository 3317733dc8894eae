import type { DatabaseSync } from 'node:sqlite';
import { numberOf, prepare, rowsOf, scalar } from '../rows.ts';

/** What is measured at. */
export type PlaceKind = 'zone' | 'gate';

/** Numbers of cameras and places by their names. They are given as the names appear, and stay. */
export class Names {
  readonly #cameras = new Map<string, number>();
  readonly #places = new Map<string, number>();
  readonly #findCamera;
  readonly #addCamera;
  readonly #findPlace;
  readonly #addPlace;
  readonly #placesOf;

  constructor(database: DatabaseSync) {
    this.#findCamera = prepare(database, 'SELECT id FROM camera WHERE name = ?');
    this.#addCamera = prepare(database, 'INSERT INTO camera (name) VALUES (?) RETURNING id');
    this.#findPlace = prepare(database, 'SELECT id FROM place WHERE camera = ? AND kind = ? AND name = ?');
    this.#addPlace = prepare(database, 'INSERT INTO place (camera, kind, name) VALUES (?, ?, ?) RETURNING id');
    this.#placesOf = prepare(database, 'SELECT id FROM place WHERE camera = ? AND kind = ? ORDER BY id');
  }

  camera(name: string): number {
    const known = this.#cameras.get(name);
    if (known !== undefined) return known;
    const found = scalar(this.#findCamera, name);
    const id = Number.isNaN(found) ? scalar(this.#addCamera, name) : found;
    this.#cameras.set(name, id);
    return id;
  }

  place(camera: number, kind: PlaceKind, name: string): number {
    const key = `${camera} ${kind} ${name}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const found = scalar(this.#findPlace, camera, kind, name);
    const id = Number.isNaN(found) ? scalar(this.#addPlace, camera, kind, name) : found;
    this.#places.set(key, id);
    return id;
  }

  placesOf(camera: number, kind: PlaceKind): number[] {
    return rowsOf(this.#placesOf, camera, kind).map(([id]) => numberOf(id));
  }

  /** After a transaction that came to nothing: its names have no numbers. */
  forget(): void {
    this.#cameras.clear();
    this.#places.clear();
  }
}
