package macroscope.cost;

/** What a technology can have prices of. */
public enum Quantity {
  ENERGY,
  AREA
}
