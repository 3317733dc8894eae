/** The part of node-moving-things-tracker that the benchmark uses; boxes by their middle. */
declare module 'node-moving-things-tracker/tracker.js' {
  interface Thing {
    x: number;
    y: number;
    w: number;
    h: number;
    confidence: number;
    name: string;
  }
  interface TrackedThing extends Thing {
    id: number;
    isZombie: boolean;
  }
  const tracker: {
    updateTrackedItemsWithNewFrame(detections: Thing[], frame: number): void;
    getJSONOfTrackedItems(roundInt: boolean): TrackedThing[];
    reset(): void;
  };
  export default tracker;
}
