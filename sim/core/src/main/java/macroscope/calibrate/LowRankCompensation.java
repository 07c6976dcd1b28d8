package macroscope.calibrate;

import java.util.Arrays;
import macroscope.accuracy.FittedFormat;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Low-rank compensation (LoRC of ZeroQuant-V2, Yao et al., arXiv 2303.08302, section 4, and ZeroQuant-FP,
 * arXiv 2307.09782): the error of the quantized weights is approximated by the product of two thin
 * matrices, its largest singular values split evenly between them, kept in binary16 and computed beside
 * the quantized product.
 *
 * @param rank columns of the thin matrices; 8 in the papers
 */
record LowRankCompensation(int rank) implements CalibrationMethod {

  @Override
  public Phase phase() {
    return Phase.CORRECTION;
  }

  @Override
  public Calibration apply(Calibration before, CalibrationRun run) {
    run.requireQuantizedWeights("lorc");
    Calibration known = before;
    for (String layer : run.layers()) {
      int[] shape = run.structure().weights(layer).shape();
      LayerCalibration found = before.of(layer);
      if (run.keepsWeights(layer, found)) {
        continue;
      }
      double[] w = run.structure().weights(layer).values();
      double[] error = error(found, w, shape[0], shape[1], run.weightFormat(layer, found));
      int own = Math.min(rank, Math.min(shape[0], shape[1]));
      known = known.with(layer, found.withLowRank(approximation(error, shape[0], shape[1], own)));
    }
    return known;
  }

  /** What the quantized weights lack, in units of the result. */
  private static double[] error(
      LayerCalibration found, double[] w, int n, int k, TensorFormat format) {
    double[] error = found.reference(w, k).clone();
    double[] toQuantize = found.toQuantize(w, k);
    EncodedMatrix encoded =
        found
            .encoded()
            .orElseGet(
                () -> Quantizer.quantize(FittedFormat.of(format, toQuantize, k), toQuantize, n, k));
    double[] readBack = encoded.decode();
    double[] scale = found.outputScale();
    for (int i = 0; i < error.length; i++) {
      error[i] = (error[i] - readBack[i]) * (scale.length == 0 ? 1 : scale[i / k]);
    }
    return error;
  }

  /** The nearest matrix of a rank, as a product. */
  static LowRank approximation(double[] error, int n, int k, int rank) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(n, k, true, true, true);
    if (!svd.decompose(new DMatrixRMaj(n, k, true, error.clone()))) {
      throw new IllegalArgumentException("lorc: singular values could not be found");
    }
    DMatrixRMaj u = svd.getU(new DMatrixRMaj(1, 1), false);
    DMatrixRMaj v = svd.getV(new DMatrixRMaj(1, 1), false);
    DMatrixRMaj s = svd.getW(new DMatrixRMaj(1, 1));
    SingularOps_DDRM.descendingOrder(u, false, s, v, false);
    double[] left = new double[n * rank];
    double[] right = new double[rank * k];
    Arrays.setAll(left, i -> stored(u.get(i / rank, i % rank) * root(s, i % rank)));
    Arrays.setAll(right, i -> stored(v.get(i % k, i / k) * root(s, i / k)));
    return new LowRank(left, right, rank);
  }

  private static double root(DMatrixRMaj singular, int index) {
    return Math.sqrt(singular.get(index, index));
  }

  private static double stored(double value) {
    return Formats.BINARY16.decodeDouble(
        Formats.BINARY16.encodeDouble(value, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE));
  }
}
