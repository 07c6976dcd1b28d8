package macroscope.calibrate;

/**
 * One method of post-training quantization: adds to what is known of a network's layers. Pure: the same
 * arguments give the same bits, for any number of threads.
 */
public interface CalibrationMethod {

  /** When a method may run: those of a phase before those of the next. */
  enum Phase {
    /** Changes inputs and weights so that they quantize better; the float function stays. */
    TRANSFORM,
    /** Sets ranges and formats. */
    RANGE,
    /** Chooses the codes of the weights. */
    ROUNDING,
    /** Makes up for what is lost. */
    CORRECTION
  }

  Phase phase();

  /**
   * What is known after this method.
   *
   * @throws IllegalArgumentException if the network or the formats give it nothing to do
   */
  Calibration apply(Calibration before, CalibrationRun run);
}
