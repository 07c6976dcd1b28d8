package macroscope.machine;

/** What stays in the units of a systolic array while the rest streams past. */
public enum Dataflow {
  /** Each unit keeps one result; rows of the array are rows of A, columns are columns of B. */
  OUTPUT_STATIONARY,
  /** Each unit keeps weights; rows of the array are K, columns are columns of B; sums move down. */
  WEIGHT_STATIONARY,
  /** Each unit keeps activations; rows of the array are K, columns are rows of A; sums move down. */
  INPUT_STATIONARY,
  /**
   * As with stationary inputs, but each unit keeps a table of sums of its activations, which it fills
   * before indices of weights stream past.
   */
  TABLE_STATIONARY;

  /** Whether what stays is made of activations. */
  public boolean inputsStay() {
    return this == INPUT_STATIONARY || this == TABLE_STATIONARY;
  }
}
