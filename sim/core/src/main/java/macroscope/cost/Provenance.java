package macroscope.cost;

/** How far a price can be trusted. */
public enum Provenance {
  /** Read in the source named. */
  LOOKED_UP,
  /** Read in a text that quotes the source named. */
  SECOND_HAND,
  /** Computed from measurements or from looked-up prices; the source says how. */
  FITTED,
  /** Remembered and not checked; bears no weight in a test. */
  MEMORY,
  /** Chosen, since no source says; the reason stands beside it. */
  ASSUMED
}
