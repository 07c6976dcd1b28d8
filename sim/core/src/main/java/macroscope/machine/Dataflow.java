package macroscope.machine;

import macroscope.hardware.Stationary;

/** What stays in the units of a systolic array while the rest streams past. */
public enum Dataflow {
  /** Each unit keeps one result; rows of the array are rows of A, columns are columns of B. */
  OUTPUT_STATIONARY(Stationary.SUM),
  /** Each unit keeps weights; rows of the array are K, columns are columns of B; sums move down. */
  WEIGHT_STATIONARY(Stationary.RIGHT),
  /** Each unit keeps activations; rows of the array are K, columns are rows of A; sums move down. */
  INPUT_STATIONARY(Stationary.LEFT),
  /**
   * As with stationary inputs, but each unit keeps a table of sums of its activations, which it fills
   * before indices of weights stream past.
   */
  TABLE_STATIONARY(Stationary.LEFT);

  private final Stationary stationary;

  Dataflow(Stationary stationary) {
    this.stationary = stationary;
  }

  /** What stays in a unit from one pass to the next. */
  public Stationary stationary() {
    return stationary;
  }

  /** Whether what stays is made of activations. */
  public boolean inputsStay() {
    return this == INPUT_STATIONARY || this == TABLE_STATIONARY;
  }
}
