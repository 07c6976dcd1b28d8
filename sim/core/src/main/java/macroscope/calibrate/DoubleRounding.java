package macroscope.calibrate;

import java.util.List;
import macroscope.format.IntegerFormat;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.Coding;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;

/**
 * Double rounding for networks whose width is switched while they run (Huang et al., arXiv 2502.01199): memory
 * holds the weights as integers of many bits, once; fewer bits are these integers divided by a power of
 * two and rounded again, ties to even, under scales as many times larger. All widths share one stored
 * matrix.
 *
 * @param stored bits of the integers that memory holds
 */
record DoubleRounding(int stored) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.ROUNDING;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("double_rounding");
    Calibration known = before;
    for (String layer : run.layers()) {
      int[] shape = run.structure().weights(layer).shape();
      LayerCalibration found = before.of(layer);
      if (run.keepsWeights(layer, found)) {
        continue;
      }
      double[] w = found.toQuantize(run.structure().weights(layer).values(), shape[1]);
      known =
          known.with(
              layer,
              found.withEncoded(encoded(run.weightFormat(layer, found), w, shape[0], shape[1])));
    }
    return known;
  }

  private EncodedMatrix encoded(TensorFormat format, double[] w, int n, int k) {
    IntegerFormat narrow = narrow(format);
    IntegerFormat wide = new IntegerFormat("int" + stored + "sym", stored, true, true, 0);
    EncodedMatrix all =
        Quantizer.quantize(new TensorFormat(wide.name(), wide, format.levels()), w, n, k);
    int dropped = stored - narrow.bits();
    long[] codes = new long[w.length];
    for (int i = 0; i < codes.length; i++) {
      double value = Math.scalb((double) wide.integer(all.codes()[i]), -dropped);
      codes[i] = narrow.encodeDouble(value, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    }
    double[] scales = all.scales(0).clone();
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Math.scalb(scales[i], dropped);
    }
    return new EncodedMatrix(format, n, k, codes, List.of(scales));
  }

  private IntegerFormat narrow(TensorFormat format) {
    NumberFormat element = format.element();
    boolean fits =
        element instanceof IntegerFormat i
            && i.fractionBits() == 0
            && i.bits() <= stored
            && format.coding() instanceof Coding.Single
            && !format.hasZeroPoints()
            && format.levels().size() == 1
            && format.levels().get(0).format().isEmpty();
    if (!fits) {
      throw new IllegalArgumentException(
          "double_rounding needs weights of at most "
              + stored
              + " bits, integers under one level of real scales: "
              + format.name());
    }
    return (IntegerFormat) element;
  }
}
