package macroscope.machine;

/** When the results of an output-stationary tile leave the array. */
public enum Drain {
  /**
   * While the next tile fills, at no cost: R + C + K - 2 cycles a tile, what the code of SCALE-Sim v2
   * and v3 counts.
   */
  OVERLAPPED,
  /**
   * Down the columns before the next tile starts: 2R + C + K - 2 cycles a tile, the formula of the
   * SCALE-Sim paper (Samajdar et al., ISPASS 2020, arXiv 1811.02883; the difference is issue 4 of
   * scale-sim-v3).
   */
  SEQUENTIAL
}
