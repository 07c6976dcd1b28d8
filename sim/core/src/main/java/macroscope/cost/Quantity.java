package macroscope.cost;

/** What a technology can have prices of. */
public enum Quantity {
  ENERGY,
  AREA,
  /** Picoseconds from register to register. */
  DELAY
}
