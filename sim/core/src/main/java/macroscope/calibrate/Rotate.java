package macroscope.calibrate;

/**
 * Hadamard rotation of the inputs and weights of linear layers (QuaRot, Ashkboos et al., arXiv
 * 2404.00456): outliers of single channels are spread over many, and the product stays what it was. In
 * QuaRot most rotations are folded into the weights before; here all are computed in front of the
 * quantizer, which gives the same results. Convolutions are left as they are.
 *
 * @param most channels of a run at most; runs are powers of two that fill K
 * @param seed of the random signs
 */
record Rotate(int most, int seed) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.TRANSFORM;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    Calibration known = before;
    for (String layer : run.layers()) {
      int k = run.structure().weights(layer).shape()[1];
      HadamardRotation rotation = HadamardRotation.filling(k, most, seed);
      if (rotation.size() > 1 && run.structure().columnsOfChannel(layer) == 1) {
        known = known.with(layer, known.of(layer).with(new InputStep.Rotate(rotation), k));
      }
    }
    if (known.equals(before)) {
      throw new IllegalArgumentException(
          "rotate finds no layer with an even number of inputs that is no convolution");
    }
    return known;
  }
}
